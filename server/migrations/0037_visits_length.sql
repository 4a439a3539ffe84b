-- Where somebody was is asked for stays of some lengths: answered from the index alone, which is no larger for it.
drop index visits_by_person;
create index visits_by_person on visits (person_id, arrived_at, place_id) include (left_at, source, length);
