-- Published by places: the entrances that are there and that were, for what scans name.
create view gate_facts as select place_id, code, name from place_gates;

-- Also when an event begins.
create or replace view place_facts as
  select place.id as place_id, place.public_id, place.ref, place.code, place.name, place.kind, place.sector, place.area_id,
    kind.default_stay_seconds, place.created_at, least(place.closed_at, place.ends_at) as closed_at,
    place.ends_at, place.hours, place.openings, place.lat, place.lon, place.capacity, place.starts_at
  from places place join place_kinds kind on kind.code = place.kind;
