-- Published by people, for other modules to join: in which unit somebody lives, and with whom they share a phone.
create view residence_facts as
  select id as person_id, coalesce(holder_id, id) as household_id, area_id from people;

-- Published by cases, for other modules to join: whose illness a case is, and the day from which it is counted.
create or replace view case_people as
  select id as case_id, person_id, coalesce(onset_on, sampled_on) as began_on from cases;

-- An area of restriction (khoanh vùng): drafted, proposed, ordered by a second person, notified, in force from then to then.
-- Whether it is in force or over is read from its times, so that no job has to wake for it.
create table zones (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  version integer not null default 1,      -- rises with every change: two officers do not undo each other
  area_id integer not null references areas, -- the unit whose authority orders it
  name text not null,
  level text not null constraint zones_level_is_known check (level in ('watch', 'limited', 'sealed')),
  measures text not null,
  legal_basis text not null,
  rule_version integer not null,           -- of data/zones
  notice_hours smallint not null,          -- as that version says
  closed_kinds text[] not null default '{}', -- kinds of places that let nobody in meanwhile
  shape jsonb,                             -- GeoJSON Feature of the drawn area; null: the units whole
  outline polygon,                         -- the same, longitude and latitude, for what lies inside it
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null default 'draft' constraint zones_status_is_known
    check (status in ('draft', 'proposed', 'ordered', 'notified', 'lifted')),
  drafted_by integer references accounts,
  drafted_at timestamptz not null,
  proposed_by integer references accounts,
  number text,                             -- of the order, as the authority's register gives it
  ordered_by integer references accounts,
  ordered_at timestamptz,
  counts jsonb,                            -- as they were when it was ordered
  notified_at timestamptz,
  exception_reason text,                   -- why it begins sooner after the notice than the law asks
  lifted_at timestamptz,
  constraint zones_end_after_they_begin check (ends_at > starts_at),
  constraint zones_shape_is_whole check (num_nonnulls(shape, outline) in (0, 2)),
  constraint zones_order_is_whole check (num_nonnulls(number, ordered_at, counts) in (0, 3)),
  constraint zones_are_ordered_by_a_second_person check (ordered_by <> proposed_by and ordered_by <> drafted_by),
  constraint zones_give_notice_in_time check (
    exception_reason is not null or starts_at - notified_at >= make_interval(hours => notice_hours))
);
create unique index zones_number_once_per_area on zones (area_id, number);
create index zones_by_start on zones (starts_at, id);
create index zones_by_name on zones (name collate "vi-x-icu", id);

-- The communes that it covers, whole or as far as the drawn area reaches.
create table zone_units (
  zone_id integer not null references zones,
  area_id integer not null references areas,
  primary key (zone_id, area_id)
);
create index zone_units_by_area on zone_units (area_id);

-- What was done to a zone, by whom and why. Rows are added, never changed.
create table zone_events (
  id integer generated always as identity primary key,
  zone_id integer not null references zones,
  at timestamptz not null,
  account_id integer references accounts,
  account_name text not null,
  action text not null constraint zone_events_action_is_known
    check (action in ('draft', 'edit', 'propose', 'return', 'order', 'notify', 'extend', 'lift')),
  reason text,
  details jsonb not null default '{}'      -- before and after
);
create index zone_events_by_zone on zone_events (zone_id, id);
