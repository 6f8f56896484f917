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

## Command line

cli-status = How the plan stands
cli-tasks = Tasks
cli-reports = Reports
cli-overdue = Overdue reports and tasks
cli-campaigns = Campaigns
cli-journal = Journal
cli-count = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
cli-sample-data = sample data
cli-sample-source = the sample plan
cli-status-tasks = Tasks: { $done } of { $total } done, { $late } of them late; { $open } open, { $overdue } of them overdue
cli-status-reports = Reports: { $done } of { $total } received, { $late } of them late; { $open } open, { $overdue } of them overdue
cli-column-id = id
cli-column-lead = lead
cli-column-agency = agency
cli-column-task = task
cli-column-title = report or task
cli-column-campaign = campaign
cli-column-due = due
cli-column-status = status
cli-column-progress = progress
cli-column-late = days late
cli-column-working-late = working
cli-column-reminders = reminders
cli-column-from = from
cli-column-to = to
cli-column-countdown = countdown
cli-column-milestones = milestones
cli-column-at = when
cli-column-by = by
cli-column-item = item
cli-column-verb = what
cli-column-on = effective
cli-column-said = details
cli-column-tasks-done = tasks done
cli-column-tasks-late = late
cli-column-tasks-due-soon = due soon
cli-column-tasks-overdue = overdue
cli-column-reports-in = reports in
cli-column-reports-late = late
cli-column-reports-due-soon = due soon
cli-column-reports-overdue = overdue
cli-campaign-running = day { $day } of { $days }
cli-campaign-coming = { $days ->
    [one] in 1 day
   *[other] in { $days } days
} ({ $working } working)
cli-campaign-past = over
cli-taken-back = taken back
cli-level = level { $level }
cli-until = until { $date }
cli-promised = promised for { $date }
cli-did-you-mean = ; did you mean “{ $name }”?
cli-config-unread = the file cannot be read: { $reason }
cli-config-syntax = this is not TOML: { $reason }
cli-config-unknown = there is no option “{ $option }”
cli-config-type = “{ $option }” is { $found }, and should be { $expected }
cli-type-number = a whole number
cli-type-answer = true or false
cli-type-text = a text in quotation marks
cli-type-list = a list of [[source]] tables
cli-type-table = a table
cli-config-value = “{ $option }” cannot be “{ $value }”: it is one of { $known }
cli-config-other = “{ $option }”: { $reason }
cli-config-none = none; the defaults hold. It would be { $path }
cli-config-nowhere = none; the system names no place for it. Give one with --config
cli-no-such-source = the config has no source “{ $name }”
cli-no-data-dir = the system names no place for data: set data_dir in the config or TIENDO_DATA
cli-data-empty = no ledger yet; it would be { $path }
cli-no-ledger = there is no ledger at { $path }; make one with `tiendo import FILE`
cli-no-plans = the ledger is empty: load a plan with `tiendo import FILE`
cli-which-plan = there are several plans, say which with --plan: { $plans }
cli-no-such-plan = there is no plan “{ $plan }”; there is: { $plans }
cli-no-such-agency = the plan has no agency “{ $agency }”
cli-no-such-verb = there is no verb “{ $verb }”
cli-no-date = “{ $typed }” is not a date: write 2023-06-14, 14/6/2023, 14/6 or today
cli-filter-field = the filter has no field “{ $field }”
cli-filter-value = the filter’s “{ $field }” does not take “{ $value }”
cli-no-dashboard = the dashboard cannot be opened here yet; try `tiendo status`
cli-read-only = refused: --read-only
cli-sample-refuses = refused: the sample plan is only kept in memory
cli-check-good = good
cli-check-doubtful = look
cli-check-bad = bad
cli-check-config = config
cli-check-data = ledger of this machine
cli-check-source = source
cli-check-plan = plan
cli-check-remark = plan file
cli-check-mend = what to do
cli-mend-config = correct that line, or take it out: the default then holds
cli-mend-plan = correct the lines named above and check the file again; until then these records are not used
cli-plan-counts = { $agencies } agencies, { $tasks } tasks, { $duties } report duties, { $campaigns } campaigns
cli-plan-read = { $plan }: read with { $entries } journal entries, { $aside } records set aside, { $warnings } warnings
cli-import-into = Into: { $path }
cli-import-new = The ledger does not have this plan yet: it will be laid down.
cli-import-same = The plan is the one in force, word for word: only the journal is taken in.
cli-import-amends = The plan in force will be amended:
cli-import-counts = { $new } new, { $changed } changed, { $gone } gone
cli-import-question = Go on? [y/N]
cli-import-nobody = nobody can be asked here: say --yes to go on without asking
cli-import-declined = nothing was changed
cli-imported-new = { $plan }: laid down.
cli-imported-amended = { $plan }: amended.
cli-imported-unchanged = { $plan }: unchanged.
cli-imported-entries = Journal: { $added } entries taken in, { $known } known already.
cli-list-programmes = programmes
cli-list-agencies = agencies
cli-list-tasks = tasks
cli-list-duties = report duties
cli-list-campaigns = campaigns
