-- A gate may leave the direction open: `direction` is what it was told then, and whether somebody came or went follows
-- from all that is known (deriveStays of visits/rules.ts), whenever it comes.
alter table scans add column auto boolean not null default false;

-- What stays are derived from, and by how much a scan is believed, stands in the index.
drop index scans_by_person;
create index scans_by_person on scans (person_id, at, place_id)
  include (direction, source, doubt, step, via, keyed_in, auto);

-- Seats are told of those who got on at that moment (`at` is when the stay began).
create or replace view seat_facts as
  select place_id, person_id, at, zone from scans where zone is not null and doubt is null and (direction = 1 or auto);
