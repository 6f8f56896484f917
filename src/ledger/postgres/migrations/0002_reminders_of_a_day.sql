-- An agency gets one mail a day: the reminders of a day are looked at, in the transaction that admits, before one is claimed.
CREATE INDEX reminder_by_time ON entry (plan, recorded) WHERE verb = 'remind';
