-- Scans and stays by week: forgetting is dropping a partition, and what is written stays in small indexes.
alter table scans rename to scans_before;
alter table visits rename to visits_before;
alter table open_stays rename to open_stays_before;
drop index scans_by_person, scans_by_place, scans_by_time, visits_by_person, open_stays_by_person;

-- What gates and phones sent: the truth from which stays are derived. The sender makes the id, so that a scan may
-- come twice, late and out of order. Every key begins with the place or the person, so that the table can be spread.
create table scans (
  id uuid not null,
  place_id integer not null,
  person_id integer not null,
  at timestamptz not null,
  received_at timestamptz not null,
  skew_seconds integer,                -- how far the gate's clock was off; `at` is put right already
  direction smallint not null constraint scans_direction_is_known check (direction in (1, -1)), -- 1 in, -1 out
  source smallint not null constraint scans_source_is_known check (source in (0, 1)), -- 0 the person's phone, 1 a gate
  via smallint not null default 0,     -- by which code the person was known: VIA of visits/rules.ts
  doubt smallint,                      -- why it is set aside and makes no stay: DOUBT of visits/rules.ts
  keyed_in boolean not null default false, -- from a paper list, afterwards
  gate text,                           -- which gate of the place
  stop text,                           -- of a vehicle: where the person got on or off
  zone text,                           -- of a vehicle: the zone of the seat
  step integer,                        -- half minute (since 1970) in which the phone made its code; of others of ours, in which they were shown
  constraint scans_once primary key (place_id, at, id) include (person_id, direction)
) partition by range (at);
create index scans_by_id on scans (id, place_id);
create index scans_by_person on scans (person_id, at, place_id) include (direction, source, doubt, step);
create index scans_set_aside on scans (person_id, at) where doubt is not null;

-- Stays with a known end: narrow, with two covering indexes, so that a trace reads indexes only.
create table visits (
  place_id integer not null,
  person_id integer not null,
  arrived_at timestamptz not null,
  left_at timestamptz not null,
  length smallint not null,
  source smallint not null,   -- that of the scan with which it began, or 2: import, which has no scans
  constraint visits_once primary key (place_id, length, arrived_at, person_id, source) include (left_at),
  constraint visits_leave_after_arriving check (left_at >= arrived_at),
  constraint visits_length_holds check (length = length_of_stay(left_at - arrived_at))
) partition by list (length);
create table visits_short partition of visits for values in (0, 1, 2) partition by range (arrived_at);
-- Longer than three days: few, and a look-up has to go far back for them, through one table instead of every week.
create table visits_long partition of visits for values in (3, 4);
create index visits_by_person on visits (person_id, arrived_at, place_id) include (left_at, source);

-- Stays whose exit nobody recorded (yet). Their end is estimated when asked, because a later check-in changes it.
create table open_stays (
  place_id integer not null,
  person_id integer not null,
  arrived_at timestamptz not null,
  source smallint not null,
  constraint open_stays_once primary key (place_id, arrived_at, person_id, source)
) partition by range (arrived_at);
create index open_stays_by_person on open_stays (person_id, arrived_at, place_id) include (source);

/*
 * Makes the weeks (Monday 00:00 UTC) that hold [since, until]. What lies before 2020 shares one partition. A week is
 * made beside the tables and then attached, so that nobody who reads or writes has to wait.
 */
create function ensure_weeks(since timestamptz, until timestamptz) returns void language plpgsql as $$
declare
  weeks_begin constant timestamptz := '2019-12-30T00:00Z';
  week timestamptz := greatest(date_trunc('week', since, 'UTC'), weeks_begin - interval '1 week');
  kept text;
  part text;
  key text;
begin
  perform pg_advisory_xact_lock(9);
  loop
    foreach kept in array array['scans', 'visits_short', 'open_stays'] loop
      key := case kept when 'scans' then 'at' else 'arrived_at' end;
      part := replace(kept, '_short', '') || case when week < weeks_begin then '_history' else to_char(week at time zone 'UTC', '"_"IYYY"w"IW') end;
      if to_regclass(part) is null then
        execute format('create table %I (like %I including defaults including constraints)', part, kept);
        execute format('alter table %I set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02)', part);
        if week < weeks_begin then
          execute format('alter table %I attach partition %I for values from (minvalue) to (%L)', kept, part, weeks_begin);
        else
          execute format('alter table %I attach partition %I for values from (%L) to (%L)', kept, part, week, week + interval '1 week');
        end if;
      end if;
    end loop;
    week := week + interval '1 week';
    exit when week > until;
  end loop;
end $$;

do $$
declare
  first timestamptz;
begin
  select min(at) into first from (
    select min(at) as at from scans_before union all select min(arrived_at) from visits_before
    union all select min(arrived_at) from open_stays_before) as known;
  perform ensure_weeks(coalesce(first, now() - interval '5 weeks'), now() + interval '3 weeks');
end $$;

insert into scans (id, place_id, person_id, at, received_at, direction, source)
  select id, place_id, person_id, at, received_at, direction, source from scans_before;
insert into visits select place_id, person_id, arrived_at, left_at, length, source from visits_before;
insert into open_stays select place_id, person_id, arrived_at, source from open_stays_before;

drop view recorded_stays, unfinished_stays, scan_facts;
drop table scans_before, visits_before, open_stays_before;

-- For other modules to join: where people were, where they may still be, and what was scanned.
create view recorded_stays as select place_id, person_id, arrived_at, left_at, length from visits;

-- A function of its own is planned once; within a query it would be planned over every week, each time.
create function next_elsewhere(who integer, here integer, since timestamptz) returns timestamptz
language plpgsql stable as $$ begin
  return least(
    (select v.arrived_at from visits v
     where v.person_id = who and v.arrived_at > since and v.place_id <> here order by v.arrived_at limit 1),
    (select n.arrived_at from open_stays n
     where n.person_id = who and n.arrived_at > since and n.place_id <> here order by n.arrived_at limit 1));
end $$;

-- Nobody is at two places: whoever checks in elsewhere has left by then, which `elsewhere_at` says.
create view unfinished_stays as
  select place_id, person_id, arrived_at, source, next_elsewhere(person_id, place_id, arrived_at) as elsewhere_at
  from open_stays;

create view scan_facts as select place_id, person_id, direction, at from scans where doubt is null;
