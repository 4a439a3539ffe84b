-- What was put into the outbox to remind people of a warning: it is taken back with the warning.
alter table warnings add column reminder_ids uuid[] not null default '{}';
