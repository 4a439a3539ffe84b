/*
 * Stays packed by place and day (of UTC), so that a trace of many people reads thousands of them as one value. Derived
 * from `visits` and `open_stays`, and never the truth: a day is packed when it has been over for a day, what changes later
 * is noted in `stale_place_days` by whoever changes it, and until it is packed again it is read from the rows
 * (visits/place-days.ts).
 */
create table place_days (
  day date not null,
  place_id integer not null,
  -- What the ends of its open stays were estimated from (`usual_print`); null where all its ends are recorded.
  usual integer,
  -- So many of the stays, the first, last no more than two hours of that day.
  short integer not null,
  -- For n stays n people (negative: the end is estimated), then n times from and n times to, in milliseconds of the day.
  -- Integers of four bytes, big-endian; each part in the order of `from`.
  stays bytea not null,
  constraint place_days_once primary key (day, place_id)
) partition by range (day);
-- They hardly shrink, and reading them should not begin with unpacking.
alter table place_days alter column stays set storage external;

-- Days that are packed; a place without a row had nobody there.
create table packed_days (
  day date primary key,
  packed_at timestamptz not null
);

-- What has changed since, or may have; place 0 stands for every place. No key: two who note the same do not wait for each other.
create table stale_place_days (
  day date not null,
  place_id integer not null
);
create index stale_place_days_by_day on stale_place_days (day, place_id);

-- What `estimated_end` looks at, of a place.
create function usual_print(seconds integer, openings int4multirange, closed_at timestamptz) returns integer
language sql immutable as $$
  select hashtext(concat_ws(' ', seconds, openings::text, extract(epoch from closed_at)))
$$;

/* Makes the partition of the week (from Monday) that a day lies in. */
create function ensure_place_days(day date) returns void language plpgsql as $$
declare
  monday constant date := date_trunc('week', day)::date;
  part constant text := to_char(monday, '"place_days_"IYYY"w"IW');
begin
  perform pg_advisory_xact_lock(9);
  if to_regclass(part) is null then
    execute format('create table %I partition of place_days for values from (%L) to (%L)', part, monday, monday + 7);
    execute format('alter table %I alter column stays set storage external', part);
  end if;
end $$;
