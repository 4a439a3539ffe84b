-- Kinds of places, as data/places/kinds.json says. A kind that is no longer offered keeps its row.
create table place_kinds (
  code text primary key,
  sector text not null,
  default_stay_seconds integer not null constraint place_kinds_stay_is_positive check (default_stay_seconds > 0),
  "group" text not null,
  label jsonb not null,                    -- {vi, en}
  position smallint                        -- in the list that is offered; null: not offered any more
);

-- Checkpoints: every office, market, school, bus and wedding with a code of its own.
create table places (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  ref text constraint places_ref_is_unique unique,
  code text not null constraint places_code_is_unique unique, -- what the poster says and a person can type
  name text not null,
  kind text not null references place_kinds,
  sector text not null,
  area_id integer references areas,        -- null only for a placeholder made by an import
  address text not null,
  sealed bytea,                            -- the phone of who answers for the place
  lat double precision,
  lon double precision,
  search_key text not null,                -- name and address without diacritics
  created_at timestamptz not null,
  changed_at timestamptz not null,         -- of what the poster says
  closed_at timestamptz,
  constraint places_point_is_whole check (num_nonnulls(lat, lon) in (0, 2))
);
create index places_by_area on places (area_id, id);
create index places_by_name on places (name collate "vi-x-icu", id);
create index places_by_time on places (created_at, id);

-- Finding part of a name. A database whose owner may not create the extension searches without the index.
do $$
begin
  create extension if not exists pg_trgm;
  create index places_by_search_key on places using gin (search_key gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'pg_trgm is not available: searching places reads them all';
end $$;

-- Who runs a place or stands at its gate, by their phone (holder in people).
create table place_staff (
  id uuid primary key,
  place_id integer not null references places,
  holder_id integer not null references people,
  role text not null constraint place_staff_role_is_known check (role in ('owner', 'guard')),
  since timestamptz not null,
  until timestamptz
);
create unique index place_staff_once_at_a_time on place_staff (place_id, holder_id) where until is null;
create index place_staff_by_holder on place_staff (holder_id) where until is null;

-- For other modules to join: what traces, figures and lists need to know of a place.
create view place_facts as
  select place.id as place_id, place.public_id, place.ref, place.code, place.name, place.kind, place.sector, place.area_id,
    kind.default_stay_seconds, place.created_at, place.closed_at
  from places place join place_kinds kind on kind.code = place.kind;
