-- What gates and phones sent: the truth from which stays are derived. The sender makes the id, so that a scan may
-- come twice, late and out of order. Every key begins with the place or the person, so that the table can be spread.
create table scans (
  id uuid not null,
  place_id integer not null,
  person_id integer not null,
  direction smallint not null constraint scans_direction_is_known check (direction in (1, -1)), -- 1 in, -1 out
  at timestamptz not null,
  received_at timestamptz not null,
  source smallint not null constraint scans_source_is_known check (source in (0, 1)), -- 0 the person's phone, 1 a gate
  primary key (place_id, id)
);
-- In the order in which stays are derived.
create index scans_by_person on scans (person_id, place_id, direction, at) include (source);
create index scans_by_place on scans (place_id, at, id) include (direction);
create index scans_by_time on scans (at) include (place_id, person_id, direction);

-- The class of a stay's duration bounds how far back a look-up must go (visits/rules.ts has the same table).
create function length_of_stay(duration interval) returns smallint language sql immutable parallel safe as $$
  select case when duration <= interval '2 hours' then 0 when duration <= interval '12 hours' then 1
    when duration <= interval '3 days' then 2 when duration <= interval '31 days' then 3
    when duration <= interval '366 days' then 4 end::smallint
$$;

-- Stays with a known end: narrow, with two covering indexes, so that a trace reads indexes only.
create table visits (
  place_id integer not null,
  person_id integer not null,
  arrived_at timestamptz not null,
  left_at timestamptz not null,
  length smallint not null,
  source smallint not null,   -- that of the scan with which it began, or 2: import, which has no scans
  primary key (place_id, length, arrived_at, person_id, source) include (left_at),
  constraint visits_leave_after_arriving check (left_at >= arrived_at),
  constraint visits_length_holds check (length = length_of_stay(left_at - arrived_at))
);
create index visits_by_person on visits (person_id, arrived_at) include (place_id, left_at, source);

-- Stays whose exit nobody recorded (yet). Their end is estimated when asked, because a later check-in changes it.
create table open_stays (
  place_id integer not null,
  person_id integer not null,
  arrived_at timestamptz not null,
  source smallint not null,
  primary key (place_id, arrived_at, person_id, source)
);
create index open_stays_by_person on open_stays (person_id, arrived_at) include (place_id, source);

-- Both grow at one end, and look-ups stay in the indexes only as far as pages are known to be visible to all.
alter table visits set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02);
alter table open_stays set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02);
alter table scans set (autovacuum_vacuum_insert_scale_factor = 0.02);

-- For other modules to join: where people were, where they may still be, and what was scanned.
create view recorded_stays as select place_id, person_id, arrived_at, left_at, length from visits;
create view unfinished_stays as select place_id, person_id, arrived_at from open_stays;
create view scan_facts as select place_id, person_id, direction, at from scans;
