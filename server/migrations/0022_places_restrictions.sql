-- What lies over places for a time, because a lower module ordered it: an area in which people are asked to stay, and
-- kinds of places that let nobody in meanwhile. Places do not know why; whoever laid it over them moves its end or takes it away.
create table restrictions (
  id uuid primary key,                     -- public id of the zone that laid it
  name text not null,
  number text,                             -- of the order
  measures text not null,
  closed_kinds text[] not null,            -- kinds of places that let nobody in meanwhile
  outline polygon,                         -- longitude, latitude; null: all of its units
  from_at timestamptz not null,
  until_at timestamptz not null,
  constraint restrictions_end_after_they_begin check (until_at > from_at)
);

-- Every row of a unit in which the places may lie, also of units that went into those of today.
create table restriction_areas (
  area_id integer not null references areas,
  restriction_id uuid not null references restrictions on delete cascade,
  primary key (area_id, restriction_id)
);
create index restriction_areas_by_restriction on restriction_areas (restriction_id);

-- For other modules to join: what lies over which place, and whether it lets nobody in. One index look-up a place, also
-- on the way of a scan. A place without a position is within no drawn area.
create view place_restrictions as
  select p.id as place_id, r.id, r.name, r.number, r.measures, r.from_at, r.until_at,
    p.kind = any(r.closed_kinds) as is_closed
  from places p
  join restriction_areas a on a.area_id = p.area_id
  join restrictions r on r.id = a.restriction_id
  where r.outline is null or r.outline @> point(p.lon, p.lat);
