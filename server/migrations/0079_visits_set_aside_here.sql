-- Whom a place sees though their scan there is set aside (listSeemingAt of visits/queries.ts): such scans are few.
create index scans_set_aside_here on scans (place_id, at) include (person_id, doubt) where doubt is not null;
