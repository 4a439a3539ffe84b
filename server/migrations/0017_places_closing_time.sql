/*
 * When a place is open, in minutes of the local week (0 is Monday 00:00): days that touch or overlap are one period,
 * and the weeks before and after are there as well, for what goes on from Sunday to Monday.
 */
create function openings_of(hours jsonb) returns int4multirange language sql immutable strict as $$
  select range_agg(int4range(begins, begins + lasts))
  from jsonb_array_elements(hours) as day,
    lateral (select left(day ->> 'opens', 2)::int * 60 + right(day ->> 'opens', 2)::int as opens,
      left(day ->> 'closes', 2)::int * 60 + right(day ->> 'closes', 2)::int as closes) as clock,
    unnest(array[-10080, 0, 10080]) as week,
    lateral (select week + ((day ->> 'weekday')::int - 1) * 1440 + opens as begins,
      closes - opens + case when closes <= opens then 1440 else 0 end as lasts) as period
$$;

alter table places add openings int4multirange generated always as (openings_of(hours)) stored;

-- When the opening period that holds a moment ends: from that minute on, the first that is not open. Null outside hours.
create function closing_after(since timestamptz, openings int4multirange, zone text) returns timestamptz
language plpgsql immutable strict as $$
declare
  here constant timestamp := since at time zone zone;
  monday constant timestamp := date_trunc('week', here);
  minute constant integer := floor(extract(epoch from here - monday) / 60);
begin
  if openings @> minute then
    return (monday + lower(int4multirange(int4range(minute, null)) - openings) * interval '1 minute') at time zone zone;
  end if;
  return null;
end $$;

/*
 * When a stay ended whose exit nobody recorded: after the usual time, or when the person checked in elsewhere, the place
 * closed for the night, or it closed for good, whichever came first.
 */
create function estimated_end(
  arrived_at timestamptz, usual interval, elsewhere_at timestamptz,
  openings int4multirange, closed_at timestamptz, zone text
) returns timestamptz language sql stable as $$
  select least(arrived_at + usual, elsewhere_at, closing_after(arrived_at, openings, zone),
    case when closed_at > arrived_at then closed_at end)
$$;

drop view place_facts;
create view place_facts as
  select place.id as place_id, place.public_id, place.ref, place.code, place.name, place.kind, place.sector, place.area_id,
    kind.default_stay_seconds, place.created_at, least(place.closed_at, place.ends_at) as closed_at,
    place.ends_at, place.hours, place.openings, place.lat, place.lon, place.capacity
  from places place join place_kinds kind on kind.code = place.kind;
