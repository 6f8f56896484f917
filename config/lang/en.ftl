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
period-quarter = Q{ $number } { $year }
period-half-first = H1 { $year }
period-half-second = H2 { $year }
period-nine-months = nine months of { $year }
period-year = { $year }
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
verb-unknown = something else
channel-email = e-mail
channel-letter = letter
channel-telephone = telephone

## Actions

action-up = one row up
action-down = one row down
action-first = to the first row
action-last = to the last row
action-page-up = a page up
action-page-down = a page down
action-half-page-up = half a page up
action-half-page-down = half a page down
action-left = left: column sorted by, cell of the matrix, back in time
action-right = right: column sorted by, cell of the matrix, on in time
action-next-panel = next panel
action-previous-panel = previous panel
action-show-overview = show the overview
action-show-reports = show the reports
action-show-tasks = show the tasks
action-show-campaigns = show the campaigns
action-show-matrix = show the matrix
action-show-trend = show the trend
action-show-journal = show the journal
action-next-view = next view
action-previous-view = previous view
action-open = open: what an agency, campaign or cell has to do, an item's detail
action-back = one step back
action-filter = filter
action-facets = filter by agency, programme, status
action-coordinating = only what our agency coordinates
action-sort = choose the column to sort by
action-reverse = turn the order round
action-group = group by agency, programme
action-mark = mark the row and go down
action-mark-range = mark from here to another row
action-mark-all = mark all rows in the filter
action-zoom = the panel alone on the screen
action-copy = copy the id
action-open-link = open the link
action-refresh = fetch the data now
action-palette = command palette
action-help = help
action-messages = what was said before
action-language = next language
action-theme = next theme
action-suspend = to the shell (fg comes back)
action-quit = quit
sort-own = usual order
sorted-unseen = by { $column }
facet-status = status
facet-agency = agency
facet-programme = programme
facet-verb = what was done
facet-person = person
palette-language = language
palette-theme = theme
desk-owes = { $agency } owes { $count }
desk-next-due = next { $date }
answer-no = no
answer-yes = yes

## Notices

said-copied = { $count ->
    [one] Copied one id.
   *[other] Copied { $count } ids.
}
said-no-agency = No agency is yours yet: set `agency` in the config (tiendo check names the file).
said-no-link = This row has no link.
said-no-item = This line is about no task, report or campaign.
said-not-listed = The item of this line is called off and is listed nowhere.
said-failed = Could not “{ $what }”: { $why }
said-source-back = The source answers again.
failure-offline = The source cannot be reached, it is tried again: { $detail }
failure-denied = The source asks who you are; check the token in the config, then press R: { $detail }
failure-refused = The source refused: { $detail }
failure-unreadable = What the source sent cannot be read, it is asked again: { $detail }

## Screen

view-overview = Overview
view-reports = Reports
view-tasks = Tasks
view-campaigns = Campaigns
view-matrix = Matrix
view-trend = Trend
view-journal = Journal
panel-tasks-by-agency = Tasks by agency
panel-overdue-reports = Overdue reports
panel-upcoming-campaigns = Campaigns
panel-detail = Detail
panel-reports = Reports
panel-tasks = Tasks
panel-timeline = Campaigns over time
panel-matrix = Matrix
panel-trend = Progress
panel-overdue-by-week = Overdue
panel-ageing = How late
panel-on-time = On time by period
panel-late-agencies = Late agencies
panel-journal = Journal
column-agency = agency
column-progress = progress
column-done = done
column-late = late
column-next-due = next
column-late-reports = rep.
column-days-late = late
column-working-days-late = w.days
column-title = what
column-id = id
column-due = due
column-status = status
column-percent = %
column-acts = dealt with
column-programme = prog.
column-recorded = recorded
column-by = by
column-verb = {"  "}what was done
column-said = with
column-campaign = campaign
column-dates = dates
column-countdown = countdown
column-milestones = steps
empty-tasks = The plan has no tasks.
empty-queue = Nothing left that needs dealing with.
empty-campaigns = The plan has no campaigns.
empty-reports = The plan asks for no reports.
empty-journal = Nothing has happened yet.
empty-detail = Select a row to see its detail.
nothing-filtered = The filter hides all { $count } rows. Esc clears it.
nothing-loading = Loading…
nothing-failed = The data could not be loaded.
status-on-time = on time
status-late = done late
status-report-late = received late
status-done = done
status-due-soon = due soon
status-overdue = overdue
status-awaiting = to confirm
status-paused = paused
status-returned = sent back
status-in-progress = in progress
status-not-sent = not sent
status-not-started = not started
status-not-reached = not reached
status-cancelled = cancelled
status-exempt = exempt
due-today = today
countdown-running = day { $day }/{ $days }
countdown-coming = in { $days } d
countdown-past = ended
acts-acknowledged = on it
acts-requested = asks for { $date }
acts-promised = promised { $date }
acts-snoozed = snoozed { $date }
acts-none = untouched
extensions = { $count ->
    [one] extended once
   *[other] extended { $count } times
}
group-other = In no group
count-overdue = { $count } overdue
count-queue = { $count } to deal with
marked-count = { $count } marked
marked-hidden = { $count } marked, { $hidden } not shown
banner-sample = sample data
banner-sample-short = sample
freshness-loading = loading
freshness-live = live
freshness-stale = { $age } old
freshness-just-lost = connection lost
freshness-offline = offline
freshness-sign-in = sign-in needed
freshness-source-error = source error
freshness-no-data = no data
age-minutes = { $count } min
age-hours = { $count } h
age-days = { $count } d
filter-label = filter:
filter-no-field = the filter has no field “{ $field }”
filter-not-here = the field “{ $field }” is for the journal only
filter-no-value = “{ $field }” has no value “{ $value }”
too-small = The screen is too small. It needs { $width }×{ $height } cells.
fact-status = Status
fact-days-late = Late
fact-due = Due
fact-original-due = First due
fact-extension-reason = Extended because
fact-extension-document = By document
fact-written-due = As written
fact-due-text = Wording
fact-closing = Figures of
fact-requested = Asks for
fact-lead = Lead
fact-owes = Owed by
fact-coordinating = With
fact-progress = Progress
fact-start = Start
fact-campaign = Campaign
fact-source = Section
fact-id = Id
fact-to = To
fact-programme = Programme
fact-handed-in = Handed in
fact-document = Document
fact-link = Link
fact-acts = Dealt with
fact-promise = Promised for
fact-reason = Reason
fact-assigned = Assigned to
fact-done = Done
fact-reached = Due so far
fact-next-due = Next due
fact-email = E-mail
fact-phone = Telephone
fact-dates = Dates
fact-countdown = Countdown
fact-milestones = Milestones
section-plan = In the plan
section-standing = Dates and result
section-history = History
section-no-history = No history yet
section-tasks = Tasks
section-reports = Reports
history-loading = Loading the history…
history-failed = The history could not be loaded.
entry-level = no. { $level }
entry-rung = rung { $level }
entry-until = until { $date }
entry-to = to { $to }
entry-promise = promised for { $date }
entry-on = as of { $date }
entry-took-back = undone: { $what }
entry-again = redone: { $what }
entry-reversed = taken back
outcome-claimed = claimed
outcome-uncertain = may have been sent
outcome-failed = not sent
dialog-help = Help
dialog-palette = Commands
dialog-facets = Filter by
dialog-sort = Sort by
dialog-messages = Messages
dialog-confirm = Sure?
dialog-empty = Nothing yet.
dialog-nothing-found = Nothing found.
dialog-hint-run = Enter does it · Esc closes
dialog-hint-tick = Tab ticks · Enter ends · Esc closes
dialog-hint-choose = Enter chooses · Esc closes
dialog-hint-read = Esc closes
question-clear-marks = Take all marks off?
short-open = open
short-back = back
short-filter = filter
short-sort = sort
short-mark = mark
short-next-panel = next panel
short-palette = commands
short-help = help
short-group = group
short-facets = filter by
short-zoom = zoom
short-copy = copy
short-refresh = refresh
short-language = language
short-theme = theme
short-quit = quit

## Palette, saved views

palette-view = saved view
palette-keep = save as a view
palette-keep-over = save over the view there is
palette-forget = forget the saved view
palette-forget-written = stands in the config file: take it out there
palette-meant = the nearest
palette-hint = an agency, a task, a report, a campaign, a command
palette-campaign = campaign
command-at-argument = DATE
command-compare-argument = day [day]
command-compare = mark what is different from that day
command-at = as it stood on a day: 14/6/2023 or 14/6
command-name-argument = NAME
command-view = show a view or a saved one
command-save = keep the view on the screen
command-forget = forget a saved view
command-theme = change the theme
command-lang-argument = TAG
command-lang = change the language: vi or en
said-view-kept = View “{ $name }” is saved.
said-view-forgotten = View “{ $name }” is forgotten.
said-view-not-kept = View “{ $name }” could not be saved: { $why }
said-view-parts = View “{ $name }” has parts that cannot be used and were left out: { $parts }.
said-views-damaged = The file of saved views is damaged ({ $what }). It is now { $file }; the views in it cannot be used.
said-views-strange = Some views in { $file } cannot be read and stay as they are: { $names }.
said-views-unread = The file of saved views { $file } could not be read: { $why }
said-reason = { $reason }
help-option-view = Open with the saved view of this name
cli-no-such-view = there is no saved view called “{ $name }”

## Campaigns over time

action-page-left = timeline: a page back
action-page-right = timeline: a page on
action-closer = timeline: closer (weeks)
action-wider = timeline: wider (a year)
action-show-now = timeline: back to today
short-closer = closer
short-wider = wider
short-show-now = to today
panel-campaign-items = Of the campaign
empty-campaign = The campaign has no milestone, task or report yet.
column-readiness = readiness
scale-week = weeks
scale-month = months
scale-quarter = quarters
scale-year = years
timeline-next = next:
timeline-month = { timeline-month-short }
timeline-month-year = { timeline-month-short } { $year }
timeline-month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] June
    [7] July
    [8] Aug
    [9] Sept
    [10] Oct
    [11] Nov
   *[other] Dec
}
timeline-month-short-year = { timeline-month-short } { $year }
timeline-quarter = Q{ $quarter }
timeline-quarter-year = Q{ $quarter } { $year }
countdown-working-running = { $days } wd left
countdown-working-coming = in { $days } wd
readiness-overdue = { $count } overdue
readiness-due-soon = { $count } due soon
readiness-awaiting = { $count } to confirm
readiness-in-time = in time
readiness-done = all done
fact-readiness = Readiness
section-milestones = Milestones
section-offices = Agencies at work

## Matrix

action-switch-matrix = matrix: agencies against report periods, or against programmes
short-switch-matrix = periods/programmes
matrix-periods = Report matrix
matrix-programmes = Task matrix
matrix-owed = owed
matrix-assigned = tasks
matrix-on-time = on time
matrix-late = late
matrix-done-late = done late
# A heading of two lines.
matrix-overdue = past due
matrix-rate = on time %
matrix-all = all
matrix-was-late = sent or done late
matrix-chosen = column under the cursor
matrix-total = total
matrix-due = due { $date }
matrix-ad-hoc = ad hoc
matrix-ad-hoc-short = case
matrix-after-task = after a task
matrix-after-task-short = after
matrix-other = other
matrix-items = In this cell
matrix-not-owed = Not owed.
matrix-no-case = No case so far.
matrix-no-task = No task here.
matrix-nothing-left = The filter leaves nothing in this cell.
matrix-empty = Nothing is owed yet.
short-period-month = M{ $month }
short-period-quarter = Q{ $number }
short-period-half-first = H1
short-period-half-second = H2
short-period-nine-months = 9M
short-period-year = year

## Trend

trend-behind = { $points ->
    [one] 1 point behind the plan
   *[other] { $points } points behind the plan
}
trend-even = As planned
trend-ahead = { $points ->
    [one] 1 point ahead of the plan
   *[other] { $points } points ahead of the plan
}
trend-shares = { $actual } carried out, { $planned } planned
trend-done = { $done }/{ $assigned } tasks done
trend-due = { $count } due by now
trend-actual = actual
trend-planned = planned
trend-reading = planned { $planned }, actual { $actual }
trend-reading-ahead = planned { $planned }
trend-gap = gap { $points }
trend-most = most { $count } ({ $date })
trend-tasks = tasks
trend-reports = reports
trend-bucket = { $days } days
trend-bucket-more = over { $days } days
trend-cases = ad hoc, by event
trend-hint = read by week
trend-still-late = still overdue
trend-done-late = done, but late
trend-counting = counting the weeks before…
trend-elsewhere = the weeks before: see the trend
trend-no-past = This source cannot tell of the weeks before.
trend-no-tasks = No task is within this.
trend-none-late = Nothing is overdue.
trend-none-due = No report period has come due.
trend-none-ever-late = No agency has been late.

## Command line

cli-status = How the plan stands
cli-tasks = Tasks
cli-reports = Reports
cli-overdue = Overdue reports and tasks
cli-campaigns = Campaigns
cli-trend = Trend
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
cli-column-planned = planned
cli-column-actual = actual
cli-column-ahead = ahead (points)
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
cli-config-none = none; the defaults hold. It would be { $path }
cli-config-nowhere = none; the system names no place for it. Give one with --config
cli-no-such-theme = there is no theme “{ $name }”
cli-no-such-source = the config has no source “{ $name }”
cli-no-data-dir = the system names no place for data: set data_dir in the config or TIENDO_DATA
cli-data-empty = no ledger yet; it would be { $path }
cli-no-ledger = there is no ledger at { $path }; make one with `tiendo import FILE`
cli-no-such-agency = the plan has no agency “{ $agency }”
cli-no-such-item = the plan has no item “{ $item }” (tiendo tasks and tiendo reports list the ids)
cli-no-such-verb = there is no verb “{ $verb }”
cli-no-date = “{ $typed }” is not a date: write 2023-06-14, 14/6/2023, 14/6 or today
cli-no-terminal = this needs a terminal on standard input and output; without a screen, “tiendo status” and “tiendo overdue” give the same facts
cli-sample-left = This was the sample: nothing was kept. For your own plan: tiendo import FILE
cli-read-only = refused: --read-only
cli-sample-refuses = refused: the sample plan is only kept in memory
cli-check-config = config
cli-check-data = ledger of this machine
cli-check-source = source
cli-check-plan = plan
cli-check-outbox = outbox
cli-check-remark = plan file
cli-mend-config = correct that line, or take it out: the default then holds
cli-mend-plan = correct the lines named above and check the file again; until then these records are not used
cli-plan-counts = { $agencies } agencies, { $tasks } tasks, { $duties } report duties, { $campaigns } campaigns
cli-plan-read = { $plan }: read with { $entries } journal entries, { $aside } records set aside, { $warnings } warnings
cli-no-mapping = there is no workbook among the sources of the config and no file called “{ $given }”
cli-map-plan-file = --map is for workbooks: a plan file says itself what it is
cli-no-questions = The workbook asks nothing.
cli-no-question = there is no question “{ $question }” (see: tiendo questions)
cli-no-answer = this question does not take the answer “{ $answer }”; the answers are: { $known }
cli-question-act = { $by }: { $verb }
cli-import-into = Into: { $path }
cli-import-new = The ledger does not have this plan yet: it will be laid down.
cli-import-same = The plan is the one in force, word for word: only the journal is taken in.
cli-import-amends = The plan in force will be amended:
cli-import-more = … and { $count } more
cli-record-plan = plan
cli-record-programme = programme
cli-record-agency = agency
cli-record-task = task
cli-record-duty = report duty
cli-record-campaign = campaign
cli-record-milestone = milestone
cli-record-step = rung
cli-record-day-off = day off
cli-record-make-up-day = make-up working day
cli-import-question = Go on? [y/N]
cli-import-nobody = nobody can be asked here: say --yes to go on without asking
cli-import-declined = nothing was changed
cli-imported-new = { $plan }: laid down.
cli-imported-amended = { $plan }: amended.
cli-imported-unchanged = { $plan }: unchanged.
cli-imported-entries = Journal: { $added } entries taken in, { $known } known already.
cli-workbook-read = { $plan }: { $tasks } tasks, { $duties } report duties, { $campaigns } campaigns, { $agencies } agencies
cli-workbook-written = { $sheet } (as it was exported)
cli-workbook-row = { $sheet }, row { $row }
cli-workbook-cell = { $sheet }, row { $row }, column { $column }
cli-import-acts = { $entries ->
    [0] Nothing is said of items.
    [one] Said of items: 1 entry.
   *[other] Said of { $items } items: { $entries } entries.
}
cli-import-nothing = Nothing was edited.
cli-import-gone = { $id } was taken out of the plan meanwhile: its row is not taken in
cli-import-there = { $id } came into the plan meanwhile: its row is not taken in
cli-import-history = { $id } has a history: it stays, although its row is gone; cancel it instead
cli-import-vanishes = { $id } has a history, and the workbook no longer has it: it leaves the plan, its history stays in the journal
cli-import-report = { $id }: a report more needs a duty; add it in the plan. The row is not taken in
cli-import-report-kept = { $id }: a report is owed by its duty; it stays, although its row is gone. Write “exempt” where it is not owed
cli-import-refused = { $id }: { $why }
cli-import-head = this line only says which plan it is: its title and number are not changed here
cli-import-worked-out = this column is worked out by tiendo and not read: what was typed here is not taken in
cli-import-same-status = worded otherwise, it says what it said before: nothing to take in (done, awaiting confirmation, returned, paused, cancelled, exempt would be)
cli-import-unheeded = there is no act by which the item as it stands could be made to say so: not taken in
cli-import-document-alone = a document is taken in with the day of handing in: fill in that day, too
cli-import-over = { $id }: this goes over what { $by } did on { $day } ({ $verb }); the journal keeps both
cli-import-agency-kept = { $id } stays, although its row is gone: it is named in { $count ->
    [one] one place
   *[other] { $count } places
} of the plan; give these to others first
cli-import-other-row = the row in which the campaign begins ({ $row }) says otherwise, and that one counts: change it there
cli-import-report-title = the name is that of the duty { $duty }: change it in all its rows, or in none. Not taken in
cli-import-report-due = the deadline follows from the rule of the duty { $duty }: not taken in. For more time fill in “Extended to”; to move it, change the rule in the plan
cli-import-report-fixed = whose report it is and for which period is laid down by its duty: not taken in
cli-import-nothing-taken = Nothing of what was edited can be taken in.
cli-import-keeps-ladder = the ladder of reminders stays ({ $count ->
    [one] one step
   *[other] { $count } steps
}): the workbook says nothing of it
cli-import-keeps-agencies = { $count ->
    [one] an agency the workbook does not name stays
   *[other] { $count } agencies the workbook does not name stay
}
cli-import-keeps-tasks = { $count ->
    [one] the task stays
   *[other] the { $count } tasks stay
}: the workbook has no sheet of tasks
cli-import-keeps-duties = { $count ->
    [one] the report duty stays
   *[other] the { $count } report duties stay
}: the workbook has no sheet of reports
cli-import-keeps-rules = { $count ->
    [one] one report duty keeps its rule
   *[other] { $count } report duties keep their rules
}: the workbook lists the same reports
cli-import-keeps-campaigns = { $count ->
    [one] the campaign stays
   *[other] the { $count } campaigns stay
}: the workbook has no sheet of campaigns
cli-import-conflict = somebody acted on it meanwhile: not taken in
cli-imported-acts = Said of items: { $count ->
    [one] 1 entry taken in.
   *[other] { $count } entries taken in.
}
cli-exported = Written: { $file }
cli-export-option = { $option } means nothing for a .{ $ending } file
cli-export-ending = “.{ $ending }” is no form this is handed over in: name a file that ends in one of { $endings }

## Help of the command line

help-usage = Usage
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-options-of-all = Options of every command
help-values = { " " }[values: { $values }]
help-default = { " " }[default: { $value }]
help-man-name = Name
help-man-synopsis = Synopsis
help-man-description = Description
help-man-version = Version
help-value-command = COMMAND
help-value-options = OPTIONS
help-value-file = FILE
help-value-name = NAME
help-value-id = ID
help-value-lang = LANG
help-value-format = FORMAT
help-value-date = DATE
help-value-filter = FILTER
help-value-item = ITEM
help-value-verb = VERB
help-value-n = N
help-value-by = STEP
help-value-shell = SHELL
help-tiendo = A dashboard in the terminal for plans being carried out: task status by agency, overdue reports, upcoming campaigns.
help-demo = Open the dashboard on the sample plan, its clock set to a day and running
help-status = Figures: tasks and reports in all and by agency
help-tasks = Every task
help-reports = Every report that is owed
help-overdue = What is past due and not handed in: reports and tasks
help-campaigns = Campaigns: running, coming, past
help-trend = Progress by week: planned, actual, overdue
help-trend-by = How far apart its points are
help-journal = What happened, newest first
help-check = Check config, plan, source and mail; say what is wrong and how to mend it
help-questions = What the workbook that is followed asks (is a new row an old one renamed, does a changed cell hold or what was done here), and answering it
help-questions-question = The question, as the list names it
help-questions-json = Print what is asked as JSON
help-questions-answer = The answer, as the list has it: the id of the old row, new, workbook, here
help-value-question = QUESTION
help-value-answer = ANSWER
help-value-mapping = MAPPING
help-import = Lay down or amend a plan, from a plan file or a workbook, in the ledger of this machine
help-completions = Print the completions of a shell
help-man = Print the manual page
help-option-config = Read this config file instead of the usual one
help-option-source = Open this source of the config; sample is the sample plan
help-option-plan = Open this plan of the source
help-option-lang = The language of screen and output
help-option-theme = The theme of the screen
help-option-ascii = Use only signs every terminal has
help-option-no-color = Use no colours
help-option-read-only = Refuse every act
help-option-log = Write a log to this file
help-option-help = Print this help
help-option-version = Print the version
help-option-format = How to print it: table for a person, json or jsonl (a line each) for a program, csv for a spreadsheet, md for a document
help-option-at = As it stood at the end of that day: 2023-06-14, 14/6/2023, 14/6 (the last such day), today
help-option-agency = Only what this agency answers for
help-option-filter = Only what this filter lets through, as on the screen: 'bù đốp late>30 status:overdue'
help-option-fail-if-any = Exit with 6 if there is anything (status: anything overdue)
help-demo-at = The day its clock is set to, 8 o’clock
help-journal-item = Only what was said of this item: task:N14, report:R2/2023-H1/hq
help-journal-by = Only what this person did
help-journal-verb = Only these verbs: remind, extend, receive, …
help-journal-since = Only what was recorded from the beginning of this day on: 2023-06-14, 14/6
help-journal-limit = The newest so many
help-check-file = A plan file to check instead
help-check-plan-file = The same
help-remind = Reminders by e-mail: show them, or send them with --send
help-remind-level = Only what stands before this reminder of the ladder: 1, 2
help-remind-dry-run = Show the mails and send nothing; the default
help-remind-send = Send them, after asking
help-remind-yes = Do not ask
help-check-mail = Connect to the mail server too, and sign in; nothing is sent
help-import-file = A workbook (.xlsx, .csv, rows in .json), or a plan file (.toml, .json); its journal is taken in too, in it or beside it as NAME.journal.jsonl
help-import-map = How a workbook is to be read, where guessing is wrong: the name of a source of the config, or a file with what would stand in its [source.mapping]
help-import-yes = Do not ask
help-completions-shell = The shell
usage-no-such-command = there is no command “{ $command }”
usage-no-such-argument = there is no option or argument “{ $argument }” here
usage-no-value = “{ $argument }” needs a value
usage-value = “{ $argument }” does not take “{ $value }”
usage-value-of = “{ $argument }” does not take “{ $value }”; it takes one of: { $known }
usage-values = “{ $argument }” has too many or too few values
usage-conflict = “{ $argument }” does not go with “{ $other }”, or is given twice
usage-missing = this is missing: { $argument }
usage-no-command = a command is missing
usage-not-utf8 = an argument is not UTF-8
usage-other = the command line is not understood: { $detail }
usage-more = For more: tiendo --help

## Options and keys

did-you-mean = ; did you mean “{ $name }”?
config-unread = the file cannot be read: { $reason }
config-syntax = this is not TOML: { $reason }
config-unknown = there is no option “{ $option }”
config-missing = “{ $option }” lacks “{ $field }”
config-type = “{ $option }” is { $found }, and should be { $expected }
config-value = “{ $option }” cannot be “{ $value }”: it is one of { $known }
config-other = “{ $option }”: { $reason }
keys-not-a-key = keys.{ $scope }: “{ $key }” is not a key; write it like j, ctrl-d, shift-tab, f5, space
keys-no-such-action = keys.{ $scope }: “{ $key }” is bound to “{ $action }”, and there is no such action
keys-bound-twice = keys.{ $scope }: “{ $key }” is bound twice: to “{ $first }” and to “{ $second }”
keys-shipped = config/keys.toml cannot be read: { $reason }
theme-syntax = this is not TOML: { $reason }
theme-no-such-role = there is no role “{ $role }”
theme-not-a-colour = { $role }: “{ $written }” is not a colour; write it like #d7dce2, bright-red, default, #ffffff on #26394d bold
theme-missing = the role “{ $role }” is missing
type-number = a whole number in range
type-answer = true or false
type-text = a text in quotation marks
type-list = a list
type-table = a table
type-date = a date in quotation marks
type-instant = an instant in quotation marks
type-title = a text, or a table of texts by language
type-one-field = a table with one field
type-other = a value of another kind
found-list = a list
found-table = a table
found-unreadable = something unreadable

## Ledger and refusals

ledger-no-such-plan = the ledger has no plan “{ $plan }”
ledger-empty = the ledger is empty: load a plan with `tiendo import FILE`
ledger-which-plan = there are several plans, say which with --plan: { $plans }
ledger-other-plans = there is no plan “{ $plan }”; there is: { $plans }
file-damaged = the { $kept } { $file } is damaged ({ $detail }): put it aside and restore a copy; nothing was written to it
file-replaced = the { $kept } { $file } was moved, deleted or replaced while it was open: close tiendo and open it again
file-closed = reading the { $kept } { $file } was broken off
file-unopened = the { $kept } { $file } cannot be opened: { $detail }
file-busy = the { $kept } { $file } is being written by another program
file-full = the disk that holds the { $kept } { $file } is full: make room
file-unwritable = the { $kept } { $file } may not be written: { $detail }
file-unreached = the { $kept } { $file } could not be reached: { $detail }
file-on-share = the { $kept } { $file } is on a network share ({ $kind }), where two machines could damage it: keep it on a disk of this machine
file-not-shared = the { $kept } { $file } cannot be shared on this disk (journal mode { $mode })
file-foreign = { $file } is a database of another program: name another file
file-newer = the { $kept } { $file } was written by a newer tiendo (its form is { $version }, this one knows { $known }): update tiendo; it was left as it is
file-changed = the { $kept } { $file } took step { $version } of its form in another way than this tiendo knows: use the version it was made with; it was left as it is
source-not-whole = the source did not give the whole plan
terminal-not-reading = the terminal does not read
refusal-no-such-item = the plan has no item “{ $item }”
refusal-not-of-kind = not for a { $kind }
refusal-not-in-state = it is “{ $state }”
refusal-not-in-state-short = { $state }
refusal-needs = “{ $field }” is missing or out of range
refusal-not-later = the new date is not later than the one in force
refusal-nothing-requested = no extension was asked for
refusal-nothing-requested-short = nothing asked for
refusal-not-owed = the agency does not owe this duty
refusal-conflict = somebody else acted meanwhile (entry { $stands })
refusal-taken-back = what was done before was taken back meanwhile; look at the history, then try again
refusal-nothing-to-reverse = there is no such entry to reverse, or it is reversed already
refusal-depended = it cannot be reversed: a later entry rests on it ({ $by })
refusal-sent = a sent e-mail cannot be taken back
refusal-id-reused = the id was used for another entry
refusal-not-allowed = an agency hands in and asks for more time; "{ $verb }" is for the coordinators
refusal-before-receipt = an agency's report counts from the day it arrives: that day, or a later one, must be named

## The shared ledger: tiendo serve, tiendo token

problem-place = { $place }: { $said }
problem-bad-request = Something in the request cannot be read
problem-bad-request-next = Mend what is named, and ask again; /openapi.json says what there is.
problem-token-missing = A token is needed
problem-token-missing-next = Send “Authorization: Bearer tdo_…”; an administrator gives tokens with tiendo token add.
problem-token-unknown = The token is not known, or was revoked
problem-token-unknown-next = Ask an administrator for another one (tiendo token add).
problem-token-expired = The time of the token is over
problem-token-expired-next = Ask an administrator for another one (tiendo token add).
problem-not-allowed = The role of this token may not do that
problem-not-allowed-next = Use a token of another role: coordinators act, administrators lay plans down.
problem-no-such-plan = There is no such plan here
problem-no-such-plan-next = Look at /v1/plans for the plans there are.
problem-no-such-item = There is no such item
problem-no-such-item-next = Look at the snapshot for the items there are.
problem-no-such-address = There is nothing at this address
problem-no-such-address-next = Look at /openapi.json for the addresses there are.
problem-no-such-method = Nothing at this address goes by that method
problem-no-such-method-next = Look at /openapi.json for the methods there are.
problem-too-slow = The request came too slowly
problem-too-slow-next = Send it again, in smaller parts where the way is slow.
problem-cursor-unknown = The journal does not go on from this cursor: it is another journal, or an older copy was restored
problem-cursor-unknown-next = Fetch the snapshot, and go on from its cursor.
problem-amended-meanwhile = The plan was amended meanwhile
problem-amended-meanwhile-next = Fetch the snapshot, amend that plan, and send its plan_tag as If-Match.
problem-too-large = The request is too large
problem-too-large-next = Hand in fewer at once; the limits are in the table [serve] of the server's config.
problem-unreadable = The body cannot be read
problem-unreadable-next = Mend the field that is named; /openapi.json says what is expected.
problem-refused = It was understood, and is not done
problem-refused-next = Read what it says, and do something else.
problem-if-match-needed = It must be said which revision is amended
problem-if-match-needed-next = Send the plan_tag of the snapshot as If-Match.
problem-too-many = Too many requests with this token
problem-too-many-next = Come again after the seconds that Retry-After names.
problem-broken = What is stored cannot be read, or a fault is in the program
problem-broken-next = Tell the administrator the x-request-id of this answer; the server's log says more.
problem-unreached = The ledger cannot be reached just now
problem-unreached-next = Come again after the seconds that Retry-After names; nothing that was confirmed is lost.
problem-stopping = The server is stopping
problem-stopping-next = Come again shortly; what waits to be sent stays with you.
problem-streams-full = As many event streams are open as may be
problem-streams-full-next = Come again later, and ask for the journal at intervals until then.
failure-listener = the address to listen on is not there: { $detail }
ledger-token-taken = there is a token of the name “{ $name }” already; revoke it first (tiendo token revoke { $name }), or take another name
cli-serve-listen = cannot listen on { $address }: { $detail }. Choose another address with --listen, or end the program that has it
cli-serve-no-tokens = refused: { $address } can be reached from other machines, and there is no token yet. Give one first: tiendo token add NAME --role coordinator
cli-serve-open = There is no token: whoever uses this machine acts as { $me }. Give tokens with tiendo token add.
cli-serving = { $path } is shared at http://{ $address }; Ctrl-C ends it.
cli-serve-stopped = Stopped; every request that was under way is answered.
cli-serve-unread = The workbook cannot be read; what it said before is shared on. { $why }
cli-serve-sample = refused: there is no plan to share but the sample. Lay one down first: tiendo import FILE
cli-token-shown = This is the token of { $name } ({ $role }). It is shown once and kept nowhere: hand it over now, and revoke it when it was seen by somebody else.
cli-token-none = There are no tokens. Give one: tiendo token add NAME --role coordinator
cli-token-revoked = The token of { $name } is revoked; it holds no more, here and on every server of this ledger.
cli-token-unknown = there is no token of the name “{ $name }” that holds
cli-token-agency = the role agency needs --agency ID, and the other roles take none
cli-token-expires = “{ $typed }” is not a day to come: write 2024-12-31, 31/12/2024, or +90 for days from today
cli-token-name = a name is letters, digits and - . _ @ only, at most 64 of them: it signs what is done
cli-token-column-name = name
cli-token-column-role = role
cli-token-column-agency = agency
cli-token-column-created = given
cli-token-column-expires = until
cli-token-column-used = last used
cli-token-column-state = state
cli-token-holds = holds
cli-token-over = time over
cli-token-ended = revoked
role-viewer = reads
role-agency = agency
role-coordinator = coordinates
role-administrator = administers
help-serve = Share the ledger of this machine over HTTP
help-serve-listen = The address and port to listen on
help-token = Who may use the shared ledger, and as what
help-add = Give a token; it is shown once
help-add-name = Its name: what is done with it is signed so
help-add-role = As what: viewer reads; agency sees what is its own and hands in; coordinator acts; administrator lays plans down
help-add-agency = The agency, by its id in the plan, with --role agency
help-add-expires = Until the end of which day: 2024-12-31, 31/12/2024, +90 (days from today)
help-list-format = How to print it: table for a person, json for a program
help-list = The tokens, without their secrets
help-revoke = Revoke a token, at once
help-revoke-name = Its name
help-option-store = Which ledger: a file, sqlite:PATH, or postgres://user@host/database; instead of the one of the config
help-value-address = ADDRESS
help-value-store = STORE
help-value-role = ROLE

## Copies of the ledger: tiendo backup, tiendo restore

cli-backed-up = { $file }: a copy of { $plans } { $plans ->
    [one] plan
   *[other] plans
}, { $entries } entries and { $tokens } tokens, looked through and whole
cli-restored = { $file }: restored, with { $plans } { $plans ->
    [one] plan
   *[other] plans
}, { $entries } entries and { $tokens } tokens
cli-restore-kept = What stood there before is kept as { $file }
cli-restore-loses = refused: the ledger that stands there has entries, plans or tokens that the copy lacks, or cannot be read; with --force the copy takes its place, and it is kept beside it. Tokens revoked since the copy was made hold again
cli-restore-empty = refused: the copy holds no plan
cli-restore-unread = the copy { $file } cannot be read: { $detail }
cli-file-exists = refused: { $file } is there already; take another name, or --force
cli-backup-itself = refused: that is the ledger itself
cli-copy-database = refused: { $store } is a database, which has tools of its own for that: pg_dump and pg_restore (docs/server.md)
file-in-use = the { $kept } { $file } is open in another program (tiendo serve, a dashboard): end it first
file-unwritten = { $file } cannot be written: { $detail }
help-backup = A copy of the ledger, also while it is in use
help-backup-file = The file of the copy
help-backup-force = Replace a file that is there
help-export = Hand the plan over in the form the file's ending asks for: a page to read and print (.html); a workbook to edit and import again (.xlsx); the consolidated report (.docx, .md), with --letter the draft of an official letter; a picture of the screen (.svg); a table (.csv, .json)
help-export-file = A file that ends in .html, .xlsx, .docx, .md, .svg, .csv or .json
help-export-table = Which table goes into a .csv or .json file: reports, tasks, campaigns, agencies, journal, trend
help-export-size = How many columns and rows the picture of the screen has, as in 120x36
help-export-template = A blank workbook to hand out instead, with headings and an example
help-export-force = Replace a file that is there
help-export-letter = The draft of an official letter (.docx, .md) to the agencies that are late, with its appendix
help-export-each = With --letter: a letter for each agency, its id in the file's name
help-restore = Put a copy in the place of the ledger, which is kept beside it
help-restore-file = The copy
help-restore-force = Also where the ledger has what the copy lacks

## A ledger in PostgreSQL

cli-store-password = store_password_command gave no password ({ $reason })
store-url = the address of the database cannot be read ({ $detail }): write postgres://user@host:5432/database
store-unreached = the database { $store } could not be reached: { $detail }
store-silent = the database { $store } does not answer
store-read-only = the database { $store } takes no writes just now: another server may be about to take over
store-busy = the database { $store } is being written by too many at once
store-full = the disk of the database { $store } is full: make room there
store-denied = the database { $store } lets nobody in: { $detail }. Check the user, the password (PGPASSWORD, store_password_command) and the rights
store-damaged = what the database { $store } holds cannot be read ({ $detail }): restore a copy (pg_restore)
store-foreign = the database { $store } has tables of another program: give tiendo a database of its own
store-newer = the database { $store } was written by a newer tiendo (its form is { $version }, this one knows { $known }): update tiendo; it was left as it is
store-changed = the database { $store } took step { $version } of its form in another way than this tiendo knows: use the version it was made with; it was left as it is
store-encoding = the database { $store } keeps text as { $encoding }: make one with UTF8 (createdb -E UTF8 -T template0)

## Remarks on plan files

file-unopened = the file cannot be read: { $reason }. Check the path, and that you may read it
file-too-large = larger than { $most } MiB. Split the plan, or import it into a ledger in parts
file-not-utf8 = not UTF-8. Save the file as UTF-8
file-syntax = { $reason }, at “{ $text }”. Mend this line and read the file again
file-refused = { $problem }. The plan is not used until this field is right
remark-not-an-entry = this line is not one JSON object
remark-duplicate-id-on-line = the id “{ $id }” is used already, on line { $line }
remark-derived-year = “year” is missing: the periods of reports are those of { $year }
remark-no-year = “year” is missing, and there is no date to tell it by: the periods of “every” cannot be laid out
remark-not-yet = { $date } is still to come
remark-far-from-plan = { $date } is far from the plan’s year
remark-missing = “{ $field }” is missing
remark-wrong-type = { $found } stands where { $expected } is wanted
remark-not-a-date = { $found } is not a date (YYYY-MM-DD)
remark-not-an-instant = { $found } is not an instant (2023-06-28T09:02:11+07:00)
remark-not-a-uuid = { $found } is not a UUID
remark-unknown-word = “{ $word }” is not known here
remark-unknown-field = the field “{ $field }” is not known
remark-repeated-field = the field “{ $field }” is given twice
remark-malformed = it cannot be read: { $reason }
remark-duplicate-id = the id “{ $id }” is used already
remark-unusable-id = the id “{ $id }” cannot be used: it is empty, a word of “owes”, or has a “/”
remark-no-such = there is no { $what } “{ $id }”
remark-unknown-format = “{ $format }” is not a format this version reads
remark-unknown-zone = “{ $zone }” is not a time zone of the IANA database
remark-no-holidays = the holiday table “{ $table }” has nothing for { $year }: only weekends are days off
remark-projected-holidays = the days off of { $year } in “{ $table }” are a projection: nothing is announced yet
remark-uncertain-holidays = some days off of { $year } in “{ $table }” are not confirmed: { $days }
remark-no-way = it does not say when: give “periods”, “every”, “within” or “after_task”
remark-several-ways = it says when in more than one way: “{ $first }” and “{ $second }”
remark-every-without-due = “every” has no “due”: these reports would have no deadline
remark-after-task-without-days = “after_task” has no “working_days”: these reports would never be expected
remark-nobody-owes = nobody owes it: “owes” is empty
remark-no-such-day = the day { $day } is not a day of a month (1 to 31)
remark-repeated-period = the period “{ $period }” is there twice
remark-due-before-start = it is due on { $due }, before it starts on { $start }
remark-end-before-begin = it ends ({ $to }) before it begins ({ $from })
remark-what-agency = agency
remark-what-agency-kind = kind of agencies
remark-what-programme = programme
remark-what-campaign = campaign
remark-what-milestone = milestone
remark-what-task = task
remark-what-duty = report duty
remark-what-period = period
remark-what-item = item
remark-what-verb = verb
remark-what-holiday-table = holiday table

## Workbooks
workbook-too-large = the file is larger than { $most } MiB: split it, or leave out what is no plan
workbook-unpacks-too-large = unpacked the workbook is larger than { $most } MiB, as no plan is: save it anew from the spreadsheet program, without pictures and old sheets
workbook-too-many-parts = the workbook has more than { $most } parts, as no spreadsheet program writes them: save it anew
workbook-too-many-of = its part “{ $part }” declares more than a spreadsheet has: save it anew from the spreadsheet program
workbook-too-many-sheets = there are more than { $most } sheets: keep those of the plan
workbook-too-many-cells = there are more than { $most } cells that hold something: keep those of the plan
workbook-too-much-text = there are more than { $most } MiB of text in its cells: keep those of the plan
workbook-cell-too-long = a cell in row { $row } of “{ $sheet }” holds more than { $most } KiB of text: shorten it, or look whether a quotation mark is missing
workbook-row-too-wide = row { $row } has more than { $most } columns: is it a plan?
workbook-too-deep = its part “{ $part }” is nested deeper than a spreadsheet program does it: save it anew
workbook-doctype = its part “{ $part }” declares entities, as no spreadsheet program does: save it anew from the spreadsheet program
workbook-strange-part = it has a part named “{ $part }”, as no workbook has: do not use this file
workbook-strange-range = its part “{ $part }” has a range that ends before it begins: save it anew from the spreadsheet program
workbook-too-long = reading it took too long and was given up: keep what is of the plan
workbook-encrypted = it has a password: take the password off (File, Info, Protect Workbook) and save it again
workbook-old = this form of workbook is not read: save it as .xlsx
workbook-not-a-workbook = this is no workbook, whatever its name says: open it in the spreadsheet program and save it as .xlsx
workbook-a-page = this is a web page and no workbook: ask for the link by which the file itself is downloaded, or sign in
workbook-broken = the file is damaged or was not copied whole ({ $reason }): copy it again, or save it anew
workbook-not-utf8 = its letters cannot be told: save it as “CSV UTF-8”, or as .xlsx
workbook-not-utf16 = it says that it is Unicode and breaks off within a letter: copy it again, or save it as “CSV UTF-8”
workbook-no-table = no table of tasks, reports or campaigns was recognised in { $sheets }: headings are looked for such as “Task”, “Lead agency”, “Deadline”; or say in the config which sheet and which columns they are
workbook-not-a-day = this is not a day: write 20/6/2023, or before 20/6/2023
workbook-not-a-percentage = this is not a percentage from 0 to 100
workbook-not-an-answer = this does not tell whether the report was received: write the day, x, or exempt; nothing where it was not
workbook-unknown-status = this does not tell how it stands; it is kept as a note
workbook-unknown-column = this column is not read: it has none of the known headings
workbook-row-untitled = this row does not say what is to be done
workbook-no-agency = no agency is named
workbook-id-twice = row { $first } has the same id: this row is left out
workbook-id-slash = an id cannot have a “/”
workbook-report-twice = row { $first } has the same report: this row is left out
workbook-agency-row-twice = row { $first } has the same agency: this row is left out
workbook-agency-twice = this agency is in the list already
workbook-ends-before = it ends before it begins: its beginning is left out
workbook-campaign-undated = a campaign needs its days: it is left out
workbook-too-many-milestones = a campaign with so many milestones is none: the others are left out
workbook-hidden = this sheet is hidden and is not read; name it in the config to have it read
workbook-without-table = no table was recognised in this sheet
workbook-more-unread = { $count ->
    [one] one more cell could not be read
   *[other] { $count } more cells could not be read
}

## Handed over: tiendo export
export-unwritten = the workbook could not be written: { $reason }
export-list-unwritten = the table could not be written: { $reason }
export-form-workbook = Workbook
export-form-page = Page to read and print
export-form-document = Consolidated report
export-form-markdown = Consolidated report as Markdown
export-form-picture = Picture of the screen
export-form-csv = CSV table
export-form-json = JSON data
action-hand-over = hand over what is on the screen, as a file (page, workbook, picture)
short-hand-over = export
slot-form = Form
slot-file = File
said-handing-over = Writing { $file }…
said-still-handing-over = The last file is still being written.
said-handed-over = Written: { $file }
said-handed-over-part = Written: { $file }. The journal has not come whole: only the lines seen are in it.
said-not-handed-over = The file was not written: { $why }
said-file-exists = { $file } is there already. Replace it?
file-no-folder = there is no folder { $folder }: make it, or choose another place
file-not-allowed = one may not write into { $folder }: choose another place
file-no-room = the disk { $folder } is on is full: make room, or choose another place
file-is-a-folder = { $file } is a folder: name a file
export-of = As of { $when } · source: { $source } · scope: { $filter } · made by: { $who }
export-everything = the whole plan
export-sample = Sample data, not real figures
export-total = Total
export-all-agencies = All
export-sheet-summary = Summary
export-sheet-tasks = Tasks
export-sheet-reports = Reports
export-sheet-campaigns = Campaigns
export-sheet-agencies = Agencies
export-sheet-journal = Journal
export-column-id = Id
export-column-task = Task
export-column-lead = Lead agency
export-column-coordinating = Coordinating agencies
export-column-programme = Programme
export-column-start = Start date
export-column-due = Due date
export-column-extended = Extended to
export-column-progress = Progress
export-column-status = Status
export-column-done-on = Done on
export-column-document = Document number
export-column-late = Days late
export-column-note = Notes
export-column-report = Report
export-column-agency = Agency
export-column-period = Reporting period
export-column-report-due = Due date
export-column-received = Received on
export-column-reminders = Reminders
export-column-campaign = Campaign
export-column-from = From
export-column-until = Until
export-column-milestone-id = Milestone id
export-column-milestone = Milestone
export-column-milestone-due = Milestone due
export-column-milestone-done = Milestone done
export-column-agency-name = Full name
export-column-short = Short name
export-column-kind = Kind
export-column-email = Email
export-column-phone = Phone
export-column-on = Day
export-column-recorded = Recorded
export-column-by = By
export-column-verb = What was done
export-column-item = Item
export-column-what = With what
export-column-tasks = Tasks
export-column-reports = Reports
export-column-on-time = On time
export-column-done-late = Done late
export-column-not-done = Not done
export-column-not-sent = Not sent
export-column-overdue = Overdue
export-column-done-rate = Share done
export-column-overdue-rate = Share overdue
export-template-title = Plan for { $year }
export-template-how = Fill in from the row below the example. Ids may stay empty: the program makes them from the agency and the words. The example may stay or go.
export-template-more = Due dates: 20/6/2023, before 20/6, 6/2023 are all read. Grey columns are worked out by the program.
export-template-day = A day: 20/6/2023, or “before 20/6”
export-example-mark = Example
export-example-task = Explain the law to the public
export-example-agency = Department of Justice
export-example-agency-name = Department of Justice
export-example-other = Department of Culture, Sports and Tourism; District committees
export-example-programme = Communication programme
export-example-note = This row is only an example
export-example-report = Half-year report
export-example-period = first half
export-example-document = 12/BC-STP
export-example-campaign = Action month
export-example-milestone = Opening

## The consolidated report, the letter that urges: tiendo export report.docx, .md; --letter
export-unpacked = the document could not be packed: { $reason }
export-wording-no-field = before the first empty line stand fields alone, one a line, such as “Office: …”
export-wording-field = there is no field “{ $name }”
export-wording-within = {"{"}{ $name }{"}"} needs a line of its own in the text
export-wording-addressees = {"{"}addressees{"}"} stands in the field “To” alone
export-wording-missing = there is no line {"{"}{ $name }{"}"}
export-group-done = Done
export-group-open = Not done
export-group-overdue = Overdue
export-group-handled = What was done
export-column-assigned = In all
export-column-owed = Owed
export-column-all = In all
export-column-reached = Fallen due
export-column-past-due = Late
export-column-in-time = In time
export-column-waiting = Awaiting, paused
export-column-span = When
export-column-milestones = Milestones
export-column-longest = Longest delay (days)
export-column-reminded = Reminded
export-column-escalated = Proposed
export-column-untouched = Nothing yet
export-no-programme = Of no programme
export-none = None.
export-nothing-late = Nothing is overdue.
export-nothing-proposed = There is nothing to propose.
export-untouched = nothing yet
export-seen = acknowledged, being followed
export-reminded = { $times ->
    [one] reminded once, on { $date }
   *[other] reminded { $times } times, last on { $date }
}
export-escalated = { $times ->
    [one] proposed to the leadership once ({ $step })
   *[other] proposed to the leadership { $times } times ({ $step })
}
export-extended = extended to { $date }
export-requested = asks for an extension to { $date }
export-promised = promised for { $date }
export-reason = { $agency }, { $what }: { $why }.
export-said-on = “{ $text }” ({ $date })
export-no-reason = { $count ->
    [one] No reason is recorded for one item: { $agencies }. Reason (to be filled in):
   *[other] No reason is recorded for { $count } items: { $agencies }. Reasons (to be filled in):
}
export-rung = step { $step }
export-propose-above = { $count ->
    [one] One item is past the last step of the ladder and still not done; the competent authority is asked for instructions: { $agencies }.
   *[other] { $count } items are past the last step of the ladder and still not done; the competent authority is asked for instructions: { $agencies }.
}
export-propose-escalate = { $count ->
    [one] To be submitted to the competent authority for “{ $step }”, one item: { $agencies }.
   *[other] To be submitted to the competent authority for “{ $step }”, { $count } items: { $agencies }.
}
export-propose-remind = { $count ->
    [one] To be reminded again (“{ $step }”), one item: { $agencies }.
   *[other] To be reminded again (“{ $step }”), { $count } items: { $agencies }.
}
export-propose-later = { $count ->
    [one] To be followed, with the next step from { $date }, one item: { $agencies }.
   *[other] To be followed, with the next steps from { $date }, { $count } items: { $agencies }.
}
export-propose-answer = { $count ->
    [one] A request for an extension to be answered: { $agencies }.
   *[other] { $count } requests for an extension to be answered: { $agencies }.
}
export-and-more = { $count ->
    [one] { $named } and one more agency
   *[other] { $named } and { $count } more agencies
}
export-rest = { $count ->
    [one] One more item is not listed here: see the workbook (tiendo export).
   *[other] { $count } more items are not listed here: see the workbook (tiendo export).
}
export-to-appendix = The agencies named in the Appendix
cli-letter-form = a letter is written as .docx or .md alone: name the file so
cli-letter-each = --each goes with --letter: a letter for each agency
cli-letter-nobody = No agency is late in what was asked for ({ $filter }) on { $date }: there is no letter to draft
cli-letter-own = { $count ->
    [one] Nobody writes to oneself: one overdue item of { $agency } is not in the letter
   *[other] Nobody writes to oneself: { $count } overdue items of { $agency } are not in the letter
}

## Acting

action-menu = what can be done
action-acknowledge = acknowledge: I am on it
action-remind = remind
action-done = received, confirmed, done
action-extend = extend the deadline
action-send-back = send back to be done again
action-escalate = escalate to the leadership
action-snooze = hide from my queue until a date
action-note = note, or a promised day
action-progress = set the progress
action-assign = assign to somebody
action-submit = handed in by the agency, to be confirmed
action-request-extension = the agency asks for a longer time
action-decline = decline the longer time
action-exempt = exempt from this period
action-pause = pause
action-resume = resume
action-cancel = cancel the task
action-undo = take back the last step
action-redo = bring back what was taken back
action-repeat = the last act again on this row
short-menu = actions
short-acknowledge = acknowledge
short-remind = remind
short-done = done
short-extend = extend
short-send-back = send back
short-escalate = escalate
short-snooze = snooze
short-note = note
short-progress = progress
short-undo = undo
short-redo = redo
short-repeat = repeat
dialog-deeds = What can be done
dialog-results = Result of each
said-acted = { $what }: { $item }.
said-acted-many = { $what }: { $count } items.
said-acted-some = { $what }: { $count } done, { $not } not (still marked).
said-not-possible = “{ $what }” was not done: { $why }
said-nothing-to-repeat = There is nothing to repeat yet.
said-nothing-to-undo = There is nothing left to take back.
said-nothing-to-redo = There is nothing taken back to bring back.
result-line = { $item }: { $became }
result-done = done
result-conflict = somebody else acted meanwhile; look at the history, then try again
read-only-asked = Read only (--read-only): nothing can be done here.
read-only-source = This source can only be read.
form-count = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
form-more = … and { $count } more (PgDn shows them)
form-hidden = { $count ->
    [one] One of them is hidden by the filter.
   *[other] { $count } of them are hidden by the filter.
}
form-left-out = Left out: { $count }, such as { $item }: { $why }
form-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
form-due = due { $date }
form-sure = Are you sure?
form-wrong = needed
form-wrong-percent = 0 to 100
form-wrong-date = not a usable date
form-to-come = still to come
form-needs-year = add the year
form-passed = has passed
form-not-later = not later than now in force
typed-working-days = wd
form-date-ways = 30/11 · +5 · +5wd · fri
form-dates-differ = differs by item, { $first } to { $last }
form-rolls = a day off, so due on { $day }
form-optional = optional
form-hint-list = Enter does it · Esc leaves
form-hint-choice = ← → choose · Tab next · Enter does it · Esc leaves
form-hint-line = Enter does it · Esc leaves
form-hint-lines = Tab next · Enter does it · Esc leaves
field-on = On
field-on-done = Received on
field-on-submit = Handed in on
field-until = Until
field-until-extend = New deadline
field-until-request-extension = Asked until
field-until-snooze = Hidden until
field-percent = Progress (%)
field-level = Step
field-channel = By
field-to = To
field-to-assign = Assigned to
field-document = Document number
field-link = Link to it
field-reason = Reason
field-note = Note
field-promise = Promised for
did-undo = Taken back
did-redo = Brought back
did-acknowledge = Acknowledged
did-remind = Reminder recorded
did-extend = Extended
did-done = Recorded as done
did-send-back = Sent back
did-escalate = Escalated
did-snooze = Hidden from my queue
did-note = Noted
did-progress = Progress set
did-assign = Assigned
did-submit = Recorded as handed in
did-request-extension = Request recorded
did-decline = Request declined
did-exempt = Exempted
did-pause = Paused
did-resume = Resumed
did-cancel = Cancelled
did-until = { $what } until { $day }
did-on = { $what } on { $day }
did-what = { $what } ({ $verb })
did-promised = { $what }, promised for { $day }
read-only-asked-short = read only (--read-only)
read-only-source-short = read-only source
range-hint = Marking a range: move, then v marks it, Esc leaves
asking-search = Type to find, accents are not needed; up and down choose
asking-choice = Left and right choose
asking-pick = Type a name to find it, accents are not needed; or left and right choose
asking-text = Type it: it is needed
asking-text-optional = Type it: it may be left out
asking-percent = Type a number from 0 to 100
asking-list = PgUp PgDn show all items
asking-past = Dates: 17/11 · 17/11/2023 · today · -1 (yesterday) · -1wd (working days) · fri
asking-day = Dates: 30/11 · 30/11/2023 · +5 (days) · +5wd (working days) · fri
asking-to-come = Dates: 30/11 · 30/11/2023 · +5 (days) · +5wd (working days) · +5d (from the due date) · fri
asking-past-short = Dates: 17/11 · today · -1 · -1wd (working days) · fri
asking-to-come-short = Dates: 30/11 · +5 · +5wd (working days) · +5d (from due) · fri
fact-on-time-rate = On-time rate
fact-overdue-rate = Overdue rate

## Reminders by e-mail

letter-to = To: { $name } <{ $email }>
letter-subject = Subject: { $subject }
letter-basis-plan = the Plan
letter-basis-number = No. { $number }
letter-basis-issued = of { $date }
letter-basis-owner = by { $owner }
letter-basis-title = { $title }
letter-column-number = No.
letter-column-what = Report or task
letter-column-due = Due
letter-column-late = Overdue by
letter-column-earlier = Earlier reminders
letter-due-as-written = { $date } (as written: { $text })
letter-extended = { $date } (extended; first due { $original })
letter-late = { $days ->
    [one] 1 day
   *[other] { $days } days
  } ({ $working ->
    [one] 1 working day
   *[other] { $working } working days
  })
letter-not-late = not overdue
letter-never-reminded = none
letter-reminded = { $times }, the last on { $date }
letter-no-subject = the first line must begin with “Subject:”
letter-no-items = there is no line {"{"}items{"}"}
letter-items-within = {"{"}items{"}"} needs a line of its own
letter-brace = a brace without its other half; write two of them for a brace itself
letter-unknown = there is no place “{ $name }”
letter-wrong = { $file }:{ $line }: { $wrong }
mail-unread = { $file } cannot be read: { $reason }
mail-missing = { $option } is not set in [mail] of the config file
mail-not-an-address = { $option } in [mail] is not an e-mail address: { $value }
mail-no-language = language in [mail] is not a language there are words for: { $tag }
mail-unencrypted = tls = "none" is only for a mail server on this machine, not { $host }: set "starttls" or "tls"
mail-readable = { $file } holds a secret and can be read by others: chmod 600 { $file }
mail-secret-source = the secret for user in [mail] must come from exactly one of token_command, token_variable, token_file, token
mail-no-variable = the variable { $name } is not set
mail-command = token_command gave no secret ({ $reason })
mail-tls = TLS cannot be set up: { $reason }
mail-phase-connect = connecting
mail-phase-encrypt = encrypting
mail-phase-sign-in = signing in
mail-phase-from = naming the sender
mail-phase-to = naming the recipient
mail-phase-mail = handing over the mail
mail-said = { $phase }: { $said }
outcome-sent = sent
refusal-already-reminded = the agency has its reminder of today
refusal-not-claimed = this mail was not claimed, or its result is known
refusal-sample = a sample plan sends nothing

## The command remind

cli-remind = Reminders by e-mail
cli-remind-none = No report or task has reached a reminder.
cli-remind-dry = Nothing was sent: this is a preview. Send with --send.
cli-remind-sample = refused: a sample plan sends no mail
cli-remind-no-level = the plan has no reminder { $level }; it has { $known }
cli-remind-cap = refused: { $count } mails, at most { $cap } in one run (cap in [mail]); choose fewer with --agency or --filter
cli-remind-question = Send { $count } e-mails about { $items } reports and tasks? [y/N]
cli-remind-nobody = nobody can be asked here: add --yes to send without asking
cli-remind-declined = no mail was sent
cli-remind-unreachable = { $agency }: no usable e-mail address; { $count } items, remind by letter or telephone
cli-remind-bad-address = { $agency }: “{ $email }” is not an e-mail address; { $count } items
cli-remind-progress = [{ $place }/{ $count }] { $agency } <{ $email }>: { $outcome }
cli-remind-not-now = not sent: { $why }
cli-remind-unrecorded = { $outcome }, but it could not be recorded ({ $why }); the journal will show it as uncertain
cli-remind-stopped = Stopped as asked: { $left } mails were not sent.
cli-remind-summary = Sent { $sent }, uncertain { $uncertain }, failed { $failed }, passed over { $refused }.
cli-remind-cannot = this source cannot record reminders
config-readable = the file holds a secret (`token`) and can be read by others: chmod 600 { $file }
cli-check-mail = mail
cli-check-letters = letters
cli-check-reports = wording
cli-mail-off = not set up (host in [mail]); no mail can be sent
cli-mail-ready = { $host }:{ $port }, { $tls }, from { $from }; at most { $cap } mails in one run
cli-mail-reached = connected and signed in
cli-letters-good = there is wording for every rung and language
cli-reports-good = reports and letters are worded
cli-column-email = address
cli-column-level = rung
cli-column-items = items
cli-column-subject = subject
kept-ledger = ledger
kept-outbox = outbox
source-miscounted = the source gave { $answers } answers to { $acts } acts
source-silent = the source did not answer within { $seconds } s

## Other plans

action-plans = another plan
short-plans = plans
dialog-plans = Plans
plans-here = the ledger of this machine
plans-awaited = asking…
plans-late = { $reports } reports · { $tasks } tasks overdue
plans-not-opened = { $why }
plans-no-whole = it did not send the whole of its data
said-only-plan = There is one plan to be shown only: write another [[source]] into the config.
said-plan-not-opened = The chosen plan could not be opened: { $why }
plans-took-too-long = no answer in { $seconds } seconds

## A shared ledger

source-token-none = no token
source-token-command = the token of `token_command`
source-token-file = the token in { $file }
source-token-config = the token in the config
source-token-variable = the token in { $name }
source-token-unread = the token cannot be read from { $file }: { $reason }
source-token-readable = { $file } holds a token and can be read by others: chmod 600 { $file }
source-token-unset = there is no token in { $name }
source-token-failed = `token_command` gave no token: { $reason }
source-ca-file = `ca_file` { $file } cannot be used: { $reason }
source-unreadable = it says something unexpected ({ $place }): { $said }
source-too-large = it is larger than { $mb } MB
source-rests = the server asked to be left alone for a while
source-certificate = its certificate is not trusted: { $detail }; an authority of your own is named in `ca_file`
source-slow = it takes too long: { $detail }
source-not-connected = no connection: { $detail }
source-cut = the connection was cut: { $detail }
source-problem = { $said } { $next }
source-elsewhere = it points to another place, { $to }: sign in to the network in a browser, or correct `url` in the config
source-denied = { $token } is not taken. { $said }
source-proxy-denied = the proxy wants to know who asks ({ $status }): name user and password in HTTPS_PROXY
source-none-there = there is no tiendo at this address ({ $status }): correct `url` in the config
source-troubled = the server has trouble ({ $status }). { $said }
source-refused = the server does not do that ({ $status }). { $said }
source-login-page = a web page came instead of data: sign in to the network in a browser, or correct `url` in the config
source-kind = something else than data came: { $kind }
cli-shared-which-plan = the server could not be asked which plan it has ({ $why }): with `plan` in the config one can begin without it
cli-from-cache = { $when }: as it was last said by the source, which is not reached now ({ $why })
config-source = source “{ $name }”: { $wrong }
config-source-url = `url` is no address of a server: { $url }
config-source-no-url = `url` is missing: the address of the server
config-source-plain = `url` must begin with https:// except on this machine, or others can read the token: { $url }
config-source-secret-in-url = a name or password stands in `url`: use `token_file` or `token_command`
config-source-foreign = `{ $option }` is not for the kind “{ $kind }”
config-source-no-book = it needs one of the two: `path` (a file) or `url` (an address) of the workbook
config-source-tokens = the token must come from one of `token_command`, `token_file`, `token`
said-load-stopped = Loading was stopped; R loads again.
said-clock-ahead = This machine's clock is { $minutes } minutes ahead of the server's. The server's is gone by; set yours right.
said-clock-behind = This machine's clock is { $minutes } minutes behind the server's. The server's is gone by; set yours right.
said-source-went-back = The server was restored from an older backup: all was loaded again. What was done after that backup may be gone; look at the journal (7).
said-shrunk = { $percent } % of the rows are gone in what the source says now; what was there stays. If that is well so: “accept” in the palette.
said-nothing-held = There is nothing to accept.
freshness-remembered = as of { $when }
freshness-cut = offline · as of { $when }
freshness-shrunk = { $percent } % of the rows gone: accept?
when-yesterday = { $time } yesterday
loading-reads = reading
loading-of = { $bytes } of { $of } { $unit }
loading-bytes = { $bytes } { $unit }
loading-records = { $records } of { $of } items
nothing-loaded-yet = Loading… { $so_far } · Esc stops
read-only-viewer = Your token may only look. Whoever runs the server gives one that may act (tiendo token add).
read-only-viewer-short = may only look
action-stop-loading = stop loading
action-accept = accept what the source says, although much is gone

column-next-step = next step
fact-next-step = Next step
next-remind = reminder { $step }
next-escalate = escalation, rung { $step }
next-from = from { $date }

## A workbook as a source

book-no-file = there is no file { $file }
book-locked = the file { $file } is locked ({ $reason })
book-not-read = the file { $file } cannot be read ({ $reason })
book-being-written = the file { $file } is being written
book-slow = the disk with { $file } does not answer
book-secret-in-url = a name or password stands in `url`: a workbook is taken only from an address anybody may see
book-private = this address opens only for who signs in (code { $status }): share it with anyone who has the link, or publish it on the web
book-page = the address answers with a web page, not with a workbook (often a page to sign in): share it with anyone who has the link, or use the link that downloads the file
book-none-there = there is no workbook at this address (code { $status })
book-not-understood = { $book }: { $why }
book-not-yet = the workbook was not read yet
book-unkept = { $file } cannot be written on this machine ({ $reason })
book-amend = The plan is in { $book }: change it in the workbook and save; it is taken in at once.
book-memory-lost = What { $book } said before is no longer known: its cells as they are now count as taken in, and only what is changed from now on is.
book-renamed = The workbook now calls “{ $was }” “{ $is }”; what was done stays with it.
book-renamed-more = { $count ->
    [one] One more row was renamed.
   *[other] { $count } more rows were renamed.
}
book-over = { $item }: the workbook was changed and goes over what { $by } did on { $day } ({ $verb }). The journal has both.
book-over-more = { $count ->
    [one] The workbook goes over one more act; see the changes (c).
   *[other] The workbook goes over { $count } more acts; see the changes (c).
}
book-refused = { $item }: the workbook was changed, but that cannot be taken: { $why }
book-refused-more = { $count ->
    [one] One more change in the workbook cannot be taken.
   *[other] { $count } more changes in the workbook cannot be taken.
}
book-vanished = { $item } has no row in the workbook any more, though something was done about it: it is no longer counted, its history stays; with its row it comes back.
book-vanished-more = { $count ->
    [one] One more item something was done about has no row any more.
   *[other] { $count } more items something was done about have no row any more.
}
book-held = { $percent } % of the rows of { $book } are gone since it was read last; what there was stays.
book-unread = { $count ->
    [one] { $book }: one place cannot be read and is left out; “messages” or tiendo check tells which. Mend it in the workbook and save.
   *[other] { $book }: { $count } places cannot be read and are left out; “messages” or tiendo check tells which. Mend them in the workbook and save.
}
book-unread-place = { $sheet }, row { $row }, column { $column }: “{ $value }” – { $why }
book-unread-row = { $sheet }, row { $row }: { $why }
book-all-read = { $book }: everything could be read.

## First steps: tiendo init

help-init = Ask a few questions and write the config: a workbook, a shared ledger, or a year’s plan from a template
help-init-path = The workbook’s file; for a shared ledger or Redmine: the file that holds the token or the key
help-init-url = The address of the workbook, the shared ledger or the Redmine server
help-init-project = The identifier of the project on Redmine
help-init-template = The template: gender-equality-year, empty-year
help-init-year = The year of a plan made from a template
help-init-agencies = A list of agencies in the place of the template’s (.csv, .toml)
help-init-carry = Take the unfinished tasks of this plan of the ledger along
help-init-yes = Ask nothing; what is not said is as it is offered
help-init-force = Replace a config that is there
help-init-no-open = Do not open the dashboard afterwards
help-init-offline = Write the config without looking at the address first
init-language = Ngôn ngữ / Language?
init-language-vi = Tiếng Việt
init-language-en = English
init-source = Where does the plan come from?
init-source-sheet = a workbook (.xlsx, .csv, .json) on this machine, a share or the web
init-source-http = a ledger shared by your office (tiendo serve)
init-source-template = a year’s plan made from a template, kept in the ledger of this machine
init-source-redmine = a project on a Redmine server
init-redmine = The address of the Redmine server (https://…)?
init-project = The project’s identifier (as in its address)?
init-key-file = The file that holds the API key (- takes it from TIENDO_REDMINE_KEY)?
init-needs-key = there is no API key: put it into a file that only you can read (chmod 600), or into { $name }
init-redmine-title = This is what the project on Redmine is understood to be: { $title }
init-redmine-counts = { $tasks } tasks · { $reports } reports · { $milestones } milestones · { $campaigns } campaigns · { $agencies } agencies
init-redmine-trackers = Trackers: { $names }
init-redmine-fields = Custom fields: { $names }
init-book = The workbook’s file or address?
init-not-looked-at = { $place } could not be looked at: { $why }
init-despite = Write the config all the same? It is tried again at every start. (yes/no)
init-offline-next = Try again once that is mended, or write the config without looking: --offline
init-server = The address of the shared ledger (https://…)?
init-token-file = The file that holds the token (- is none)?
init-template = From which template?
init-template-gender-equality-year = a year’s plan on gender equality: report duties, the Action Month, the ladder of reminders
init-template-empty-year = an empty plan: the ladder of reminders only
init-year = Which year?
init-agencies = A file with the agencies, .csv or .toml (- is the template’s list)?
init-carry = Take along the unfinished tasks of which plan, by its id (- is none)?
init-write = Write this config?
init-where = It goes to { $file }
init-written = { $file } is written. From now on just type: tiendo
init-exists = There is a config already: { $file }.
init-replace = Replace it? (yes/no)
init-yes = yes
init-no = no
init-declined = nothing was written
init-ended = not all was answered; where nobody answers use the options and --yes
init-needs = { $flag } is needed with --yes
init-not-among = “{ $said }” is not understood.
init-no-such = there is no “{ $said }”; it is one of: { $known }
init-book-title = This is what the workbook is understood to be. The plan: { $title }
init-book-sheet = • Sheet “{ $sheet }”: { $kind }, { $rows } rows
init-book-column = { $heading } → { $field }
init-book-unread = { $count } places cannot be read and will be left out (they can be mended in the workbook):
init-plan-exists = the ledger of this machine has a plan { $plan } already
init-laid-down = The plan { $plan } is laid down in { $path }
init-carried = { $count } unfinished tasks were taken along.
init-config-head =
    The config of tiendo, written by tiendo init. All other options: tiendo check, or config/tiendo.toml as it ships.
    A line that begins with # is a comment, or an option that is not used.
init-config-language = The language of the screen and of what is printed: "vi" or "en".
init-config-desk =
    At which agency’s desk you sit (its id in the plan), and who signs what you do. Take the # away and fill in.
init-config-plan = The plan of this machine’s ledger that is watched.
init-config-sheet =
    The workbook is only read, never written. What is done is kept in sheets/ in the data directory.
    A column that is not understood by itself is named in [source.mapping]; see docs/sheet.md.
init-config-redmine =
    A project on Redmine. The API key stands in a file of its own that only you can read (chmod 600).
    What of Redmine is taken for what stands in [source.redmine]; see docs/redmine.md.
init-config-http =
    A shared ledger. The token stands in a file of its own that only you can read (chmod 600).
init-kind-tasks = tasks
init-kind-reports = reports
init-kind-report-grid = reports (agency × period)
init-kind-campaigns = campaigns
init-kind-agencies = agencies
init-kind-ignored = not read
init-field-id = id
init-field-place = number in the list (not read)
init-field-title = title, name
init-field-agency = lead agency
init-field-coordinating = coordinating agencies
init-field-recipient = recipient
init-field-from = first day
init-field-due = deadline
init-field-span = time to be done in
init-field-progress = progress (%)
init-field-status = status
init-field-handed-in = day done, day handed in
init-field-document = document number
init-field-link = link
init-field-extended-to = extended to
init-field-note = remark
init-field-programme = programme
init-field-period = period
init-field-closing = closing day of the figures
init-field-milestone = campaign’s milestone
init-field-milestone-id = milestone’s id
init-field-milestone-due = milestone’s deadline
init-field-milestone-done = milestone reached
init-field-short = short name
init-field-kind = kind of agency
init-field-email = e-mail
init-field-phone = telephone
init-field-ours = tiendo’s own (not read)

## A project on a Redmine server

redmine-denied = { $key } is not taken by Redmine: look at it under “My account” there
redmine-key-none = no key
redmine-key-command = the key of `key_command`
redmine-key-file = the key in { $file }
redmine-key-config = the key in the config
redmine-key-variable = the key in { $name }
redmine-forbidden = whoever the key belongs to may not do that on Redmine ({ $status })
redmine-none-there = Redmine has nothing there ({ $status }): look at `url` and `project` in the config
redmine-no-project = Redmine has no project “{ $project }”, or the key does not see it: `project` is the identifier in its address
redmine-invalid = Redmine does not take that: { $said }
redmine-restless = its list kept changing while it was read
redmine-nothing = Redmine told nothing
empty-no-journal = This source has no journal of the whole plan: what happened to an item stands in its detail.
redmine-no-journal = Redmine keeps its history with each issue: it stands in the detail of a row
redmine-no-other-day = Redmine does not tell how things stood on another day
redmine-no-zone = `timezone` is no zone: { $zone }
redmine-no-tracker = `{ $name }` is no tracker on Redmine; it has: { $known }
redmine-no-status = `{ $name }` is no status on Redmine; it has: { $known }
redmine-no-field = `fields.{ $option }`: no issue has a custom field “{ $name }”; there are: { $known }
redmine-did-acknowledge = Acknowledged.
redmine-did-extend = Extended until { $until }.
redmine-did-receive = Received on { $on }.
redmine-did-submit = Handed in on { $on }, to be confirmed.
redmine-did-confirm = Confirmed.
redmine-did-return = Sent back.
redmine-did-progress = Progress { $percent } %.
redmine-did-tick = Reached on { $on }.
redmine-promise = Promised for { $day }.
redmine-line = { $name }: { $text }
refusal-no-place = { $source } has no place for “{ $verb }”
refusal-forbidden = whoever signs in at { $source } may not change it
refusal-derived = { $source } takes it from the parts of this task: act on those
refusal-no-effect = { $source } took it and left “{ $field }” as it was: look at it there
refusal-no-status = there is no status at { $source } that means “{ $state }” and that you may set
refusal-said = { $source } does not take it: { $said }
config-source-no-project = `project` is missing: the project's identifier, as in its address
config-source-keys = the key must come from one of `key_command`, `key_file`, `key`

## Shared calendars

fact-calendar = Calendar
calendar-tentative = { $title } (tentative)
calendar-untitled = (no name)
calendar-failed = The calendar { $name } cannot be read, only its campaigns are missing from the plan: { $why }. { $next }
calendar-failed-kept = The calendar { $name } cannot be read, what it said last is shown: { $why }. { $next }
calendar-next-offline = It is tried again in a few minutes.
calendar-next-denied = Check `overlay_user` and the password in the config.
calendar-next-refused = Check the address under `overlays` in the config, or tell whoever keeps the calendar.
calendar-denied = the calendar server does not accept who signs in ({ $token })
calendar-none-there = there is no calendar at this address
calendar-unread = { $reason }
calendar-no-file = it is not a file
calendar-none = it is not an iCalendar (.ics), or only a part of one
calendar-too-large = it is larger than { $mb } MB and is not read
calendar-remark = Calendar { $name }: { $remark }
calendar-deep = { $count ->
    [one] one part is nested too deep and left out
   *[other] { $count } parts are nested too deep and left out
}
calendar-many = only the first { $most } events are read, { $count } left out
calendar-full = only { $most } campaigns and milestones are taken, { $count } events left out
calendar-no-day = { $count ->
    [one] one event is left out: its day cannot be read
   *[other] { $count } events are left out: their days cannot be read
}
calendar-rule = { $count ->
    [one] one event recurs by a rule that cannot be read, or several times a day: only its first time counts
   *[other] { $count } events recur by rules that cannot be read, or several times a day: only their first time counts
}
calendar-endless = { $count ->
    [one] one event recurs too often to work out all of it
   *[other] { $count } events recur too often to work out all of it
}
calendar-zone = { $count ->
    [one] one time is in an unknown zone: the plan's is taken
   *[other] { $count } times are in unknown zones: the plan's is taken
}
calendar-nowhere = { $count ->
    [one] one task lies in no campaign of the calendar and is left out
   *[other] { $count } tasks lie in no campaign of the calendar and are left out
}
calendar-clash = Calendars are not laid over the plan: it has a campaign whose id begins with “ics~”
calendar-broke = Calendars are not laid over the plan: something in them broke their reader. Tell whoever keeps them.
refusal-borrowed = from a shared calendar: view only
config-overlay-empty = `overlays` has an empty address
config-overlay-tokens = name one only of `overlay_token_command`, `overlay_token_file`, `overlay_token`
config-overlay-no-user = there is a password for calendars, but no `overlay_user`
config-overlay-user = `overlay_user` must not have a colon in it
config-overlay-servers = `overlay_user` is for one server: put calendars of another one into another source

## Reminders on the screen

mail-preview = Reminders, before they are sent
mail-count = { $count ->
    [one] { $count } letter
   *[other] { $count } letters
}
mail-question = Send { $count ->
    [one] 1 letter
   *[other] { $count } letters
} about { $items ->
    [one] 1 item
   *[other] { $items } items
}?
mail-sending = Sending
mail-progress = { $ended } of { $count } done …
mail-stopping = Stopping after this one ({ $ended } of { $count }) …
mail-hint = ← → choose · ↑ ↓ PgDn read · Enter · Esc leaves
mail-hint-sending = Esc stops
mail-posted = Reminder to { $agency }: { $outcome }
mail-outcome = { $outcome } ({ $why })
mail-ended = { $ended } of { $count } letters done; those not sent are still marked.
mail-unreachable = { $agency }: no usable e-mail address; remind by letter or telephone.
mail-not-set-up = Mail is not set up: see [mail] in the config file (tiendo check).
mail-unusable = No mail can be sent: { $why }
mail-over-cap = { $count } letters, at most { $cap } in one run (cap in [mail]): choose fewer.
channel-email-sent = e-mail, sent now
form-next-level = the next of each
said-mail-is-sent = A sent letter cannot be recalled; a correcting note can be added.

## Acts on the command line

cli-act = What was done
cli-act-preview = What would be done
cli-act-did = { $what }: { $count } done, { $not } not
cli-act-queued = { $what }: { $count } done, { $queued } to be sent, { $not } not
cli-act-left = { $count ->
    [one] One act waits
   *[other] { $count } acts wait
 } to be sent: kept on this machine, sent by the next tiendo act or while the dashboard is open.
cli-act-would = Nothing was written: this is a preview. { $what }: { $count } would be done, { $not } not
cli-act-would-apply = would be done
cli-act-applied = done
cli-act-conflict = conflict
cli-act-refused = refused
cli-act-why = { $why }
cli-act-question = { $what }: { $count } to be done, { $not } not possible
cli-act-open-twice = { $agency } has a case of { $date } already ({ $item }); one more would be opened
cli-act-go-on = { $question }. Go on? [y/N]
cli-act-nobody = { $question }; nobody can be asked here: add --yes to go on without asking
cli-act-declined = nothing was changed
cli-act-cannot = refused: this source takes no acts
cli-act-no-such-verb = there is no verb “{ $verb }”; the verbs are: { $known }
cli-act-no-items = “{ $verb }” needs the ids of items, or --filter (tiendo tasks and tiendo reports list the ids)
cli-act-no-targets = “{ $verb }” is about your last step and takes no items and no filter
cli-act-one-duty = “open” needs the id of one report duty: tiendo act open R7 --agency ID
cli-act-no-duty = the plan has no report duty “{ $duty }”
cli-act-ambiguous = “{ $item }” may be any of these: { $known }
cli-act-not-taken = “{ $verb }” does not take --{ $field }; it takes: { $known }
cli-act-takes-nothing = “{ $verb }” does not take --{ $field }; it takes nothing more
cli-act-missing = “{ $verb }” needs --{ $field }
cli-act-no-date = --{ $field }: “{ $typed }” cannot be read as a date here: write 30/11, 30/11/2023, 2023-11-30, +5 (days from today), +5lv (working days), +5h (days from the item’s due date), thứ 6, fri
cli-act-to-come = --{ $field }: “{ $typed }” is { $date }, which is still to come
cli-act-passed = --{ $field }: “{ $typed }” is { $date }, which has passed
cli-act-nothing = nothing matches --filter “{ $filter }”: there is nothing to do
cli-act-no-percent = --percent: “{ $typed }” is not a number from 0 to 100
cli-act-no-level = --level: “{ $typed }” is not a rung of the ladder for this; it has: { $known }
cli-act-no-channel = --channel: “{ $typed }” is not one of: { $known }
cli-act-unread = --{ $field }: “{ $typed }” cannot be used
cli-act-email = refused: mails are not recorded here; tiendo remind shows them, tiendo remind --send sends and records them
cli-column-result = result
help-act = Do what the keys of the dashboard do, on items or on all that a filter lets through; one call is one step
help-act-verb = What is to be done; see below
help-act-item = Their ids: report:R2/2023-H1/hq, task:N14; N14 where it names one only. For open the duty
help-act-filter = On all that this filter lets through, as on the screen; asks first
help-act-on = The day it took effect, not after today; today where it is not said
help-act-until = The new date; for snooze the day it comes back
help-act-percent = How far it has come, 0 to 100
help-act-level = The rung of the ladder: 1, 2, …
help-act-channel = How the reminder went out: letter, telephone
help-act-to = To whom, or who takes it
help-act-document = The number of the document it rests on
help-act-link = Where the document is
help-act-reason = Why
help-act-note = The remark
help-act-promise = The day something was promised for
help-act-agency = open: the agency whose case it is
help-act-title = open: what the case is
help-act-dry-run = Show what each item would become, and write nothing
help-act-yes = Do not ask
help-act-format = How to print it: table for a person, json for a program
help-act-verbs = Verbs and what each takes (in brackets: may be left out)
help-act-alias = the same as { $deed }, where it comes to just this
help-act-open = open a case of an ad hoc report duty
help-act-dates = A DATE is 30/11, 30/11/2023, 2023-11-30, +5 (days from today), +5lv (working days), +5h (days from the item’s due date), thứ 6 or fri.
help-value-channel = CHANNEL
help-value-url = URL
help-value-text = TEXT

## Waiting to be sent, not gone through

action-cards = decide on acts that did not go through and on what is asked
short-cards = decide
header-waiting = { $count } to send
header-cards = { $count } to decide
header-cards-short = { $count }
waiting-to-be-sent = to be sent
waiting-uncertain = sent, no answer yet
waiting-card = to be decided
dialog-cards = To decide
dialog-ask = The workbook asks
dialog-card = Decide
ask-line-renamed = the workbook has a new row “{ $title }”: is it an old one, renamed?
ask-line-clash = { $item }: the workbook says otherwise than what was done here
ask-row = New row
ask-why-renamed = rows about which something was done are gone from the workbook; the new one may be one of them under another name
ask-former = it is this one: its history goes on
ask-new = it is a new one, without history
ask-here = Done here
ask-book = Workbook
ask-emptied = the cell was emptied: no longer so
ask-keep-theirs = keep what the workbook says
ask-mine-again = keep what was done here: it is recorded once more
said-asked = { $count ->
    [one] The workbook has a new row that may be an old one renamed: answer it among what is to be decided.
   *[other] The workbook has { $count } new rows that may be old ones renamed: answer them among what is to be decided.
}
said-ask-former = It is the old row: its history goes on.
said-ask-new = It is a new row.
said-ask-theirs = The workbook holds; the journal keeps both.
said-ask-mine = What was done here was done once more.
card-line-conflict = { $item }: somebody else acted first
card-line-refused = { $item }: refused
card-item = About
card-mine = Mine
card-theirs = What stands
card-seen = What I had seen
card-why = Why
card-behind = Waits behind it
card-nothing-seen = nothing had changed its status yet
card-later = later
card-keep-theirs = keep theirs, drop mine
card-send-mine = send mine all the same, on top of theirs
card-drop-mine = drop mine
card-send-again = send it again
said-queued = { $what } (to be sent): { $item }.
said-queued-many = { $what } (to be sent): { $count } items.
said-withdrawn = { $what } before it was sent: { $item }.
said-withdrawn-many = { $what } before it was sent: { $count } items.
said-waits = { $count ->
    [one] One act could not be sent ({ $why }); it is kept, and tried again at { $at }.
   *[other] { $count } acts could not be sent ({ $why }); they are kept, and tried again at { $at }.
}
said-waits-for-sign-in = { $count ->
    [one] One act could not be sent ({ $why }); it is kept: look at the token in the config, then press R.
   *[other] { $count } acts could not be sent ({ $why }); they are kept: look at the token in the config, then press R.
}
said-another-sends = Another tiendo on this machine sends what waits.
said-outbox-broken = The outbox cannot be used: { $why }
said-outbox-damaged = The outbox was damaged ({ $what }): it is set aside as { $file }, { $count } acts were read from it and go on their way; look at what you did last, other acts may be lost.
said-waits-elsewhere = Run tiendo check: { $count ->
    [one] one act
   *[other] { $count } acts
 } by { $by } for { $source } not sent from here.
cli-outbox-elsewhere = { $count ->
    [one] One act waits
   *[other] { $count } acts wait
 } for another source or person and { $count ->
    [one] is
   *[other] are
 } not sent from here: made by { $by } for { $source }, plan { $plan }. Open that source, named in the config as it was then, with me = "{ $by }".
said-outbox-closed = Read only, because the outbox could not be opened: { $why }
said-card = { $count ->
    [one] One act did not go through and has to be decided on: { $item }. Press X, or choose it in the palette.
   *[other] { $count } acts did not go through and have to be decided on: { $item }. Press X, or choose it in the palette.
}
said-no-cards = There is nothing to decide on.
said-card-dropped = Mine is dropped; everything stays as it is.
said-card-sent = Mine is sent again.
said-card-gone = It was decided on before.
result-queued = to be sent
result-not-taken = the source did not take it: { $why }
result-withdrawn = taken back before it was sent
result-uncertain = on its way, and it is not known whether it arrived: it cannot be taken back yet; undo it once the answer is there
read-only-outbox = Read only: the outbox could not be opened; see the messages.
read-only-outbox-short = read only (outbox not opened)
cli-waiting-left = { $count ->
    [one] One act waits to be sent: it is kept on this machine and goes out next time.
   *[other] { $count } acts wait to be sent: they are kept on this machine and go out next time.
}
cli-cards-left = { $count ->
    [one] One act did not go through and waits for a decision next time.
   *[other] { $count } acts did not go through and wait for a decision next time.
}
cli-outbox-here = { $count ->
    [0] nothing waits to be sent
    [one] one act waits to be sent to this source
   *[other] { $count } acts wait to be sent to this source
 }
cli-unknown-left = { $count } acts were not answered in time: look in the journal whether they are there before you do them again.

## Letters that arrived, cases, amendments

action-arrivals = letters that arrived: one report after the other
action-open-case = open a case (ad hoc report)
action-amend-task = amend the task
action-amend-agency = amend the agency
action-add-task = add a task
short-arrivals = letters that arrived
short-open-case = open a case
slot-agency = Agency
slot-report = Report
slot-duty = Report duty
slot-event = Found on
slot-case-title = What happened
slot-id = Task id
slot-title = Title
slot-other-title = Title elsewhere
slot-lead = Lead agency
slot-coordinating = Coordinating
slot-start = Starts on
slot-due = Due on
slot-email = E-mail
slot-phone = Telephone
slot-theirs = What stands now
slot-whose = Which holds
whose-theirs = what stands now
whose-mine = mine
sheet-arrived = { $count ->
    [one] { $count } letter recorded
   *[other] { $count } letters recorded
}
sheet-letter = { $item }
sheet-why = { $why }
sheet-type-or-arrows = type a name, or press ← →
sheet-after-agency = choose the agency first
sheet-owes-nothing = this agency owes no open report
sheet-which-report = choose the report: PgDn, or ← → here
sheet-left-blank = (left blank)
sheet-hint-arrivals = Enter records · Tab next · PgDn another report · Esc ends
sheet-hint-hand-over = ← → choose · Tab next · Enter writes it · Esc leaves
sheet-hint = ← → choose · Tab next · Enter records · Esc leaves
said-which-agency = Choose an agency.
said-owes-nothing = This agency owes no open report.
said-which-report = Choose the report.
said-owed-no-more = No longer owed: { $item }. Choose the report.
said-wrong-day = Not a day; write 17/11, 17/11/2023, today, -1, fri.
said-needed = This is needed.
said-same-document = This number stands on { $item } already. Enter again records it all the same.
said-no-case-duty = The plan has no duty that cases are opened on.
said-same-case = There is a case of this agency and day: { $item }. Open another one?
said-cannot-amend = The plan cannot be amended here: change it in the source’s workbook, or amend its file and take it in with tiendo import.
said-nothing-to-amend = “{ $what }” was not done: there is nothing of that kind on this row.
said-gone = The plan no longer has it.
said-nothing-changed = Nothing was changed.
said-no-address = Not an e-mail address.
said-no-such-agency = There is no agency “{ $name }”.
said-due-before-start = It would be due before it starts.
said-no-new-id = The id is blank, taken, or has a character that cannot be used.
said-amended = The plan was amended.
said-not-amended = The plan was not amended: { $why }
said-amended-too = Somebody else amended this too: compare, then choose which holds.
said-amendment-taken-back = The plan is as it was before the amendment.
said-amendment-stays = The last step amended the plan; u cannot take it back. Amend it again (m, amend the task); the journal has what it was.
refusal-amended-meanwhile = somebody else amended the plan meanwhile; look at it and try again, nothing was overwritten
did-open = Case opened
change-added = added { $record } { $id }
change-removed = removed { $record } { $id }
change-changed = amended { $record } { $id }: { $fields }
change-field-due = due
change-field-start = start
change-field-title = title
change-field-title-vi = Vietnamese title
change-field-title-en = title
change-field-lead = lead
change-field-coordinating = coordinating
change-field-due_text = wording of the deadline
change-field-email = e-mail
change-field-phone = telephone
cli-act-amended = refused: the last step amended the plan; take it back on the screen (key u), or lay the plan file down again with tiendo import

# Another day.
action-previous-day = as it stood the day before
action-next-day = as it stood the day after
action-today = back to today
palette-at = as it stood on
said-day-to-come = That day has not come yet.
said-no-other-days = This source cannot tell how things stood on another day.
said-no-such-day = How things stood that day could not be read: { $why }
read-only-other-day = Another day is shown: it can only be looked at. = goes back to today.
read-only-other-day-short = look only: not today
header-other-day = { $weekday } { $date } · not today
header-other-day-short = { $date } · not today
header-day-wanted = opening { $date }…
short-today = today
short-previous-day = day before
short-next-day = day after

## The local history: sources that cannot tell other days

kept-history = local history
said-kept-day = As this machine kept it on { $date }.
header-kept-day = as kept on { $kept }
header-kept-day-short = { $date } · kept on { $kept }
said-history-begins = kept here only from { $date }
said-history-empty = nothing is kept here yet
said-history-closed = the local history is not open
said-history-lost = How it stands today cannot be kept on this machine: { $why }
said-history-damaged = The local history was damaged ({ $what }): it is set aside as { $file }; what was kept of the days before is not shown any more.

## Changes since the last look, comparing two days

action-mark-seen = mark all changes as seen
action-changes = list what changed since the last look
short-mark-seen = seen
short-changes = changes
turn-overdue = overdue
turn-new = new
turn-arrived = handed in
turn-settled = done
turn-returned = sent back
turn-deadline = due date
turn-chased = chased
turn-progress = progress
turn-gone = left out
turn-taken-back = taken back
turn-amended = plan amended
turn-noted = seen to
turn-due-soon = due soon
header-changes = { $count ->
    [one] { $shown } change since { $since }
   *[other] { $shown } changes since { $since }
 }
header-changes-short = { $shown }
header-compared = compared with { $since }: { $shown } different
fact-change = Change
dialog-changes = Changes
dialog-changes-since = Changes since { $since }
dialog-changes-between = { $since } compared with { $until }
dialog-hint-go = Enter goes to it · Esc closes
dialog-hint-seen = Enter goes to it · { $key } all seen · Esc closes
changes-more = … and { $count } more
figure-reports-overdue = reports overdue
figure-tasks-overdue = tasks overdue
figure-reports-done = received
figure-tasks-done = tasks done
palette-compare = compare with the day
said-seen = { $count ->
    [one] One change is seen.
   *[other] { $count } changes are seen.
 }
said-nothing-new = Nothing changed since the last look.
said-nothing-different = Nothing is different between these days.
said-not-the-look = Another day is shown or compared: = comes back, then changes can be marked as seen.
said-no-looks = Looks are not kept here.
said-look-lost = The last look cannot be kept: { $why }
said-compare-earlier = Only an earlier day than the one shown can be compared.
kept-looks = the last looks
cli-changes = Changes
cli-changes-never = there was no look yet: open the dashboard once, or say --since
cli-column-change = change
cli-no-since = “{ $typed }” is no time: write last (the last look), 1d, 12h, 2023-06-14, 14/6 or 2023-06-14T16:30
help-changes = What changed since the last look, or since a day: overdue, new, handed in, extended, who did it
help-changes-since = Since when: last (the last look), 1d, 12h, 2023-06-14, 14/6, 2023-06-14T16:30
help-changes-by = Only what this person did
help-value-since = WHEN

# A screen on the wall.
read-only-wall = A screen on the wall: nothing can be done here.
read-only-wall-short = wall
wall-loading = Loading …
wall-failed = The data could not be loaded
wall-reports-overdue = REPORTS OVERDUE
wall-tasks-overdue = TASKS OVERDUE
wall-due-soon = DUE SOON
wall-tasks-done = TASKS DONE
wall-to-deal-with = { $count } to deal with
wall-open = { $count } still to be done
wall-due-soon-days = within { $count } working days
wall-done-of = { $done } of { $assigned } tasks
first-step = Step { $step } of { $steps }
first-down = from row to row
first-next-panel = to the next panel
first-open = opens the row
first-back = comes back
first-menu = what can be done here
first-palette = finds everything
wall-page = page { $page }/{ $pages }
help-option-wall = A screen on the wall: read only, turns its pages by itself

## Linear mode

help-option-linear = A conversation in plain lines instead of the screen
linear-typed-back = back, b
linear-typed-next = next, n
linear-typed-previous = previous, p
linear-typed-again = again, a
linear-typed-home = home
linear-typed-menu = menu, m
linear-typed-help = help, h
linear-typed-filter = filter
linear-typed-day = day
linear-typed-deeds = act
linear-typed-open = open, o
linear-typed-mark = mark
linear-typed-unmark = unmark
linear-typed-today = today
linear-typed-undo = undo, u
linear-typed-redo = redo
linear-typed-refresh = refresh, r
linear-typed-quit = quit, q
linear-typed-leave = leave, cancel
linear-command-onward = what is most likely wanted
linear-command-back = one step back
linear-command-next = the next one
linear-command-previous = the one before
linear-command-again = tell it again
linear-command-home = how the plan stands
linear-command-menu = what else can be done
linear-command-help = how this is used
linear-command-filter = type a filter
linear-command-day = how it stood on another day
linear-command-deeds = what can be done to it
linear-command-open = open what it is about
linear-command-mark = mark it, or take its mark off
linear-command-unmark = take all marks off
linear-command-today = back to today
linear-command-undo = take back the last step
linear-command-redo = bring back what was taken back
linear-command-refresh = fetch the data now
linear-command-quit = leave
linear-help-number = Type a number to choose that line. 0 goes one step back.
linear-help-enter = Enter alone: the next part of a list; elsewhere the place again.
linear-help-form = At a question: Enter takes what is proposed, - leaves it blank.
linear-help-leave = Also: < goes to the question before, the word leave gives it up.
linear-help-signs = Signs: / and text filters, + next, - previous, . again, = today.
linear-help-words = Words, each with its short form:
linear-help-dialog = A number chooses; text looks among the lines; Enter: next part; 0: back.
linear-ask-home = Type a number; ? for help; quit to leave.
linear-ask-list = A number opens the row; Enter: next part; m: what else; 0: back.
linear-ask-item = Type a number; m: what else; 0: back to the list.
linear-ask-menu = Type a number; 0: back.
linear-ask-filter = Type a filter: an agency's name, late>30; - clears it; Enter: back.
linear-ask-day = Type the day, such as 14/6; Enter: back.
linear-ask-help = Enter: back.
linear-ask-dialog = Type a number, or text to look for; 0: back.
linear-ask-do = Enter does it; leave gives it up.
linear-ask-sending = Enter: how far it has come; leave: send no further letter.
linear-form-ways = Enter: take what is proposed; -: blank; <: question before; leave.
linear-question = Question { $place } of { $count }: { $name }
linear-enter = Enter takes: { $proposed }
linear-enter-blank = Enter leaves it blank.
linear-type-a-name = , type a part of the name
linear-several = { $count } names fit: type a number, or more of the name.
linear-none-found = No name fits.
linear-under-way = under way
linear-more = and { $count } more
linear-letter = Letter { $number } of { $count }
linear-left = Given up: nothing was recorded.
linear-unknown = “{ $typed }” is not understood here.
linear-at-home = This is the beginning. quit leaves.
linear-list-ends = There is no more.
linear-list-begins = This is the beginning.
linear-row-gone = That row is not in the list any more.
linear-no-deeds = Nothing can be done here.
linear-impossible = { $action }: not possible, { $why }
linear-attention = Attention: { $said }
linear-on = chosen
linear-marked = marked
linear-menu = What else can be done:
linear-sample = Sample data: nothing is kept.
linear-other-day = Not today: as it stood on { $date }
linear-data = Data: { $fresh }
linear-tasks-done = Tasks done: { $part } of { $all }
linear-tasks-overdue = Tasks overdue: { $count }
linear-reports-done = Reports received: { $part } of { $all }
linear-reports-overdue = Reports overdue: { $count }
linear-queue = To deal with: { $count }
linear-list = { $title }: { $first } to { $last } of { $count }
linear-list-so-far = { $title }: { $first } to { $last }, older ones follow
linear-filtered = Filter: { $filter }; it hides { $hidden }
linear-sorted = Sorted by: { $column }
linear-sorted-down = Sorted by: { $column }, turned round
linear-all-filtered = The filter hides all { $count }. Type / to clear it.
linear-group = Group: { $name }
linear-here = Now at { $row }
linear-becomes = { " becomes " }
linear-of = { $part } of { $all }
linear-range = from { $from } to { $to }
linear-due-today = due today
linear-days-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
linear-working-days = { $days ->
    [one] 1 working day
   *[other] { $days } working days
}
linear-not-among = No line has “{ $typed }”.
linear-column-done = tasks done
linear-column-late = tasks late
linear-column-late-reports = reports late
linear-column-next-due = next due
linear-column-percent = progress
linear-column-programme = programme
linear-column-days-late = days late
linear-column-working-days-late = working days late
linear-countdown-running = day { $day } of { $days }
linear-countdown-coming = { $days ->
    [one] begins in 1 day
   *[other] begins in { $days } days
}
linear-on-marked = { $count ->
    [one] This is done to the one that is marked.
   *[other] This is done to the { $count } that are marked.
}
linear-needed = An answer is needed.
linear-open-tasks = its tasks
linear-reminded = { $count ->
    [one] reminded once
   *[other] reminded { $count } times
}
linear-escalated = escalated to rung { $count }
linear-promise-broken = promised for { $date } and not kept

# Notifications.
notification = { $overdue ->
    [0] {""}
   *[other] { $overdue } more overdue.{" "}
}{ $arrived ->
    [0] {""}
   *[other] { $arrived } arrived.{" "}
}{ $conflicts ->
    [0] {""}
   *[other] { $conflicts } not gone through: to be decided.
}

## Handed over: the page to read and print

page-contents = Contents
page-listed-reports = Reports on the screen
page-listed-tasks = Tasks on the screen
page-listed-caption = { $count ->
    [one] { $count } row, by the filter and in the order of the screen
   *[other] { $count } rows, by the filter and in the order of the screen
}
page-figures = Figures
page-figures-caption = Tasks and reports by how they stand
page-kind = Kind
page-total = All
page-left-out = Cancelled, exempt
page-done-no-deadline = done, no deadline
page-tasks-done = tasks done
page-tasks-overdue = { $count ->
    [one] task overdue
   *[other] tasks overdue
}
page-reports-in = reports received
page-reports-overdue = { $count ->
    [one] report overdue
   *[other] reports overdue
}
page-late-reports = Overdue reports
page-late-reports-caption = { $count ->
    [one] { $count } report overdue and not sent
   *[other] { $count } reports overdue and not sent, the latest first
}
page-no-late-reports = No report is overdue.
page-late-tasks = Overdue tasks
page-late-tasks-caption = { $count ->
    [one] { $count } task overdue and not done
   *[other] { $count } tasks overdue and not done, the latest first
}
page-no-late-tasks = No task is overdue.
page-working-days = Working days
page-reminded = { $count ->
    [one] reminded once
   *[other] reminded { $count } times
}
page-escalated = escalated to rung { $count }
page-extended = { $count ->
    [one] extended once
   *[other] extended { $count } times
}
page-more = { $count ->
    [one] { $count } more row: the workbook (.xlsx) has all of them.
   *[other] { $count } more rows: the workbook (.xlsx) has all of them.
}
page-agencies = Results by agency
page-agencies-caption = { $count ->
    [one] { $count } agency
   *[other] { $count } agencies, those with the most overdue tasks first
}
page-bar = How they stand
page-matrix = Matrix of reports
page-matrix-caption = Agencies against report periods; a cell with several reports bears the sign of the worst
page-signs = Signs
page-columns = Columns
page-not-owed = not owed
page-curve = Progress of tasks against the plan
page-curve-said = On { $date }: { $reading }.
page-overdue-by-week = overdue at the end of each week
page-weeks = Figures by week
page-tasks-overdue-short = Tasks overdue
page-reports-overdue-short = Reports overdue
page-campaigns = Campaigns over time
page-campaigns-caption = Campaigns, their milestones and how far they are prepared
page-no-campaigns = There are no campaigns.
page-time = Time
page-countdown = When
page-readiness = Prepared
page-done-of = { $done } of { $all } done

## The digest of a day: tiendo digest

digest-title = How the plan stands
digest-span = From { $since } to { $until }
digest-subject = { $plan }: { $overdue } newly overdue, { $arrived } handed in or done, { $due } due soon, { $steps } to be chased
digest-overdue = Newly overdue
digest-arrived = Handed in or done
digest-due = Due from now until { $date }
digest-steps = To be chased, by the ladder
digest-nothing = { $part }: none
digest-more = { $count ->
    [one] … and one more
   *[other] … and { $count } more
}
digest-due-on = due { $date }
digest-late = { $count ->
    [one] one day late
   *[other] { $count } days late
}
digest-on = on { $date }
digest-left = { $count ->
    [one] one working day left
   *[other] { $count } working days left
}
digest-today = due today
digest-column-on = came on
digest-column-document = document
digest-column-left = working days left
digest-column-step = what to do
digest-column-from = from
cli-digest-sent = The digest was sent to { $email }.
cli-digest-failed = the digest was not sent to { $email }: { $said }
cli-digest-uncertain = it is not certain that { $email } got the digest: { $said }
help-digest = A digest for a mail a day: newly overdue, handed in, due soon, to be chased
help-digest-since = Since when: 1d, 12h, 2023-06-14, 14/6, last (your last look)
help-digest-due-within = With what is due within so many working days
help-digest-format = How to write it: text, markdown, html (fit for a mail), json for programs
help-digest-quiet-if-nothing = Print and send nothing where there is nothing to tell
help-digest-fail-if-any = End with 6 where there is something to tell
help-digest-mail = Mail it to this address by the server of [mail] instead of printing it

## Checking: tiendo check

cli-check-clock = clock
cli-check-calendar = working days
cli-check-terminal = terminal
cli-check-colours = colours
cli-check-width = Vietnamese letters
cli-check-mouse = mouse
cli-check-clipboard = clipboard
cli-clock-zones = { $plan } in the plan’s time zone; on this machine it is { $here }. Due dates go by the plan’s zone
cli-clock-slow = this machine is { $seconds } seconds behind the source
cli-clock-fast = this machine is { $seconds } seconds ahead of the source
cli-clock-behind = the journal has a line recorded at { $when }, which is later than it is on this machine
cli-calendar-known = the days off of { $year } are known
cli-calendar-unknown = no days off of { $year } are known: only weekends are left out of working days
cli-terminal-none = not run in a terminal: it is not looked at
cli-terminal-background = run in the background: the terminal is not looked at
cli-terminal-failed = the terminal could not be asked: { $detail }
cli-terminal-is = { $term }, { $columns } columns × { $rows } rows
cli-terminal-no-size = { $term }, which does not say its size
cli-colours-none = none (NO_COLOR, --no-color or TERM)
cli-colours-16 = 16 colours
cli-colours-256 = 256 colours
cli-colours-all = all colours
cli-width-good = drawn as wide as they are
cli-width-unknown = the terminal did not answer: it is not known how wide they are drawn
cli-width-letters = letters with marks take a wrong number of cells: columns will be out of line
cli-width-marks = marks written apart take cells of their own: columns may be out of line
cli-width-signs = the signs ● ◆ ▲ take two cells: columns will be out of line
cli-mouse-good = it is told
cli-mouse-none = the terminal does not tell the mouse
cli-mouse-unknown = the terminal does not say whether it tells the mouse
cli-clipboard-good = it takes what is copied (OSC 52)
cli-clipboard-unknown = the terminal does not say whether it takes what is copied (OSC 52)
cli-mend-letters = correct the letter at the line named above, or take the file away: the shipped one then holds
cli-mend-reports = correct the wording at the line named above, or take the file away: the shipped one then holds
cli-mend-mail = correct [mail] in the config; config/tiendo.toml explains each line
cli-mend-mail-server = look at host, port, tls and user of [mail], and at the firewall
cli-mend-question = answer it with `tiendo questions`, or on the screen among what is to be decided
cli-mend-unreachable = look at the network, the source’s address in the config, and whether its server runs; until then the screen shows what was said last
cli-mend-refused = look at the token and what it may do; ask for a new one if it has expired or was revoked
cli-mend-source = correct the [[source]] in the config, or --source and --plan
cli-mend-unreadable = see to what is named above; what was said last is kept
cli-mend-clock = set this machine’s clock (let it be synchronised, as by timedatectl set-ntp true)
cli-mend-calendar = add the year’s days off to the plan (holidays, days_off) and import it again
cli-mend-terminal = open the terminal anew and check again; if that does not help, use --linear
cli-mend-size = make the window at least 80 columns × 24 rows
cli-mend-colours = if the terminal has more: set TERM=xterm-256color or COLORTERM=truecolor
cli-mend-width-unknown = if columns are out of line: another terminal, or --linear
cli-mend-letters-wide = set LANG and LC_ALL to UTF-8 (as vi_VN.UTF-8), and use a terminal and a font that have Vietnamese
cli-mend-marks = write composed letters (NFC), or use another terminal
cli-mend-signs = turn the terminal’s double width of ambiguous characters off, or use --ascii
cli-mend-mouse = everything can be done by keys; for the mouse use another terminal
cli-mend-mouse-tmux = in tmux: set -g mouse on; everything can be done by keys
cli-mend-clipboard = if y does not copy: turn OSC 52 on in the terminal; in tmux: set -g set-clipboard on
help-check-json = Print what was found as JSON
help-check-fail-if-any = End with 6 where something wants to be looked at (!)

## Lists: --columns, --sort, --watch

cli-no-such-column = this list has no column “{ $column }”
cli-known-columns = columns: { $known }
cli-watch-format = --watch prints table, md or jsonl
cli-watch-back = the source is reached again
help-value-column = COLUMN
help-option-columns = Only these columns, in this order; a name that is none prints all there are
help-option-sort = Sort by this column; -COLUMN the other way round
help-option-watch = Print again whenever it changes, until Ctrl-C; with jsonl a line for each change
help-schema = Print the JSON Schema of what a command prints as JSON
help-schema-of = Which command
help-schema-lines = Of a line of jsonl
help-schema-watch = Of a line of jsonl with --watch

## Help: examples, exit codes, manual pages

help-examples = Examples
help-exit-codes = Exit codes
help-man-see = See also
help-man-of = The page of a command; of the whole program where none is named
help-man-into = Write all pages into this folder
help-value-folder = FOLDER
help-value-table = TABLE
help-value-size = COLUMNSxROWS
exit-done = done, or there was nothing to do
exit-failed = it failed
exit-usage = the command line or the config is wrong
exit-unreachable = the source is not reached; what was printed, if anything, is what it said last
exit-refused = refused
exit-queued = kept on this machine, not sent yet
exit-found = there is something to look at (--fail-if-any)
exit-interrupted = ended by Ctrl-C
exit-terminated = ended by SIGTERM
