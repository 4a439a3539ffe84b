-- Whom a place sees though their scan there is set aside for what was seen elsewhere (OF_ELSEWHERE of visits/rules.ts): such scans are few.
create index scans_only_seeming on scans (place_id, at) include (person_id) where doubt in (1, 6);
