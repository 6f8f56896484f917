# The program's words, English. Every id must stand in every language's file.

## Days, units

weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
days-short = { $days } d
working-days-short = { $days } wd

## Statuses

base-not-started = not started
base-in-progress = in progress
base-awaiting-confirmation = awaiting confirmation
base-returned = returned
base-paused = paused
base-done = done
base-cancelled = cancelled
base-exempt = exempt
report-not-started = not sent
report-done = received
time-no-deadline = no deadline
time-in-time = in time
time-due-soon = due soon
time-overdue = overdue
time-on-time = on time
time-late = late
cell-on-time = done on time
cell-late = done late
cell-no-deadline = no deadline
cell-in-time = in time
cell-due-soon = due soon
cell-overdue = overdue
cell-awaiting-confirmation = awaiting confirmation
cell-paused = paused
kind-task = task
kind-report = report
kind-milestone = milestone

## Report periods

period-month = month { $month }/{ $year }
period-quarter = quarter { $quarter }/{ $year }
period-half-first = first half of { $year }
period-half-second = second half of { $year }
period-nine-months = nine months of { $year }
period-year = year { $year }
period-case = case of { $date }

## Agencies

agency-kind-owner = owner
agency-kind-committee = committee
agency-kind-department = department
agency-kind-vertical = central branch
agency-kind-service = public service
agency-kind-party = party body
agency-kind-mass-organisation = mass organisation
agency-kind-district = district

## What was done

verb-receive = received
verb-submit = handed in
verb-confirm = confirmed
verb-return = sent back
verb-tick = reached
verb-progress = progress
verb-extend = extended
verb-request-extension = extension requested
verb-decline = extension declined
verb-acknowledge = acknowledged
verb-note = note
verb-assign = assigned
verb-snooze = snoozed
verb-remind = reminded
verb-escalate = escalated
verb-exempt = exempted
verb-pause = paused
verb-resume = resumed
verb-cancel = cancelled
verb-open = case opened
verb-reverse = taken back
verb-plan = plan laid down or amended
channel-email = e-mail
channel-letter = letter
channel-telephone = telephone
