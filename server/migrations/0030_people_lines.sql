-- Somebody of whom a paper list says a name and no number: the same words on the list of the same place and day are the
-- same person, and nobody else is. An officer who knows more completes the record.
alter table people add column line_index bytea;
create index people_by_line on people (line_index) where line_index is not null;
