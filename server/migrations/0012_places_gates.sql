-- What a kind is: somewhere that stays, a vehicle with trips, or an event with an end.
alter table place_kinds add form text not null default 'fixed'
  constraint place_kinds_form_is_known check (form in ('fixed', 'vehicle', 'event'));

alter table places
  add capacity integer constraint places_capacity_is_positive check (capacity > 0),
  add hours jsonb,                         -- [{weekday, opens, closes}], local; a day left out is a day off; null: unknown
  add plate text,                          -- of vehicles: letters and digits alone, as on the plate
  add route text,
  add operator text,
  add zones text[] not null default '{}',  -- parts of a vehicle that are told apart, front to back
  add starts_at timestamptz,               -- of events
  add ends_at timestamptz,                 -- the place is closed from then on
  add expected_guests integer constraint places_guests_are_some check (expected_guests > 0),
  add poster_version integer not null default 1, -- the one in force
  add constraint places_event_is_whole check (num_nonnulls(starts_at, ends_at) in (0, 2)),
  add constraint places_event_has_length check (ends_at > starts_at);

-- A vehicle has one code at a time; once that is closed, another owner may register it.
create unique index places_plate_in_force on places (plate) where closed_at is null;

-- Entrances of a place that are told apart. A scan names the code of its gate, so no code is given twice.
create table place_gates (
  place_id integer not null references places,
  code text not null,
  name text not null,
  direction text not null constraint place_gates_direction_is_known check (direction in ('in', 'out', 'both')),
  removed_at timestamptz,
  primary key (place_id, code)
);

-- Posters after the first, which every place has from the start. A new one withdraws the one before it.
create table poster_versions (
  place_id integer not null references places,
  version integer not null,
  issued_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (place_id, version)
);

-- Runs of vehicles: who was aboard together.
create table place_trips (
  id uuid primary key,
  place_id integer not null references places,
  started_at timestamptz not null,
  ended_at timestamptz constraint place_trips_end_after_start check (ended_at >= started_at),
  from_stop text not null,
  to_stop text not null
);
create unique index place_trips_one_at_a_time on place_trips (place_id) where ended_at is null;
create index place_trips_by_place on place_trips (place_id, started_at);

-- `opens` and `closes` are the widest of the week, local; a closing time before the opening one is on the next day.
create or replace view place_facts as
  select place.id as place_id, place.public_id, place.ref, place.code, place.name, place.kind, place.sector, place.area_id,
    kind.default_stay_seconds, place.created_at, least(place.closed_at, place.ends_at) as closed_at,
    place.ends_at,
    (select min((day ->> 'opens')::time) from jsonb_array_elements(place.hours) as day) as opens,
    (select max((day ->> 'closes')::interval + case when day ->> 'closes' <= day ->> 'opens' then interval '24 hours'
                                                    else interval '0' end)::time
     from jsonb_array_elements(place.hours) as day) as closes,
    place.lat, place.lon, place.capacity
  from places place join place_kinds kind on kind.code = place.kind;

-- For other modules to join: which trip somebody was on.
create view trip_facts as
  select id as trip_id, place_id, started_at, ended_at, from_stop, to_stop from place_trips;
