-- Units of the state, dated, on as many levels as there are: three until 30 June 2025, two since. A unit has a new
-- row when its name, its kind, its parent's row or its territory changes; an address keeps the row it was given with.
create table areas (
  id integer generated always as identity primary key,
  code text not null,
  level smallint not null,                   -- 1 province, 2 district, 3 commune
  kind text not null,
  name text not null,
  full_name text not null,
  name_en text not null,
  parent_id integer references areas,
  path text not null,                        -- full names from the unit up, as an address is written
  valid_from date not null,
  valid_to date,                             -- the first day on which it is no longer in force
  search_key text not null,                  -- of the full name, without diacritics
  search_key_marked text not null,           -- with them
  sort_order integer not null,               -- by level, then as a Vietnamese reader sorts names
  lat double precision,
  lon double precision,
  constraint areas_one_row_per_beginning unique (code, level, valid_from),
  constraint areas_end_after_they_begin check (valid_to > valid_from)
);
create index areas_by_parent on areas (parent_id);
create index areas_by_sort_order on areas (sort_order);

-- What became of a unit: `full` when all of it went to the successor, `partial` when it was split (then a person
-- must choose), `unknown` when the sources do not say which.
create table area_successors (
  area_id integer not null references areas,
  successor_id integer not null references areas,
  coverage text not null constraint area_successors_coverage_is_known check (coverage in ('full', 'partial', 'unknown')),
  primary key (area_id, successor_id)
);
create index area_successors_by_successor on area_successors (successor_id);

-- Derived from the two above at each load, and only then; so its ids need no checks.
create table area_enclosures (
  ancestor_id integer not null,
  area_id integer not null,
  primary key (ancestor_id, area_id)
);
create index area_enclosures_by_area on area_enclosures (area_id, ancestor_id);

-- Which version of the data that ships has been loaded.
create table data_loads (
  name text primary key,
  hash text not null,
  at timestamptz not null
);

-- For other modules to join: every unit within itself, within its parents at its time, and within whatever the
-- units are within that it went into. So a role at a unit of today reaches what was recorded under older units,
-- and scope is one look-up: `join area_within w on w.area_id = places.area_id and w.ancestor_id = any(…)`.
create view area_within as select ancestor_id, area_id from area_enclosures;

-- For other modules to join: what a unit is called and where it lies.
create view area_names as
  select id, code, level, kind, name, full_name, name_en, parent_id, path, valid_from, valid_to, sort_order, lat, lon
  from areas;
