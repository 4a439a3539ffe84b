-- Cases whose numbers begin in some way: by bytes, because an index in the order of a language cannot answer that.
create index cases_by_beginning_of_number on cases (number collate "C");
