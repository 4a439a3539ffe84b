-- Where a contact was exposed, as it was known when they were marked: [{place, setting}], with internal ids; the setting where no
-- place is known.
alter table contacts add met jsonb not null default '[]';
