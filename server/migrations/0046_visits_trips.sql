-- When the trip that a vehicle was on at a moment ended; null where it was on none, or is on it still. Trips begin and end
-- when somebody says so, never in the past: what is packed of days that are over stays right.
create function trip_end(here integer, since timestamptz) returns timestamptz language sql stable as $$
  select case when t.ended_at > since then t.ended_at end
  from trip_facts t where t.place_id = here and t.started_at <= since
  order by t.started_at desc, t.ended_at desc nulls first limit 1
$$;

-- Whoever was aboard is elsewhere when the trip is over.
create or replace function next_elsewhere(who integer, here integer, since timestamptz) returns timestamptz
language plpgsql stable as $$ begin
  return least(
    (select v.arrived_at from visits v
     where v.person_id = who and v.arrived_at > since and v.place_id <> here order by v.arrived_at limit 1),
    (select n.arrived_at from open_stays n
     where n.person_id = who and n.arrived_at > since and n.place_id <> here order by n.arrived_at limit 1),
    trip_end(here, since));
end $$;

-- Trips that ended of late, for whoever boards again.
create index place_trips_by_end on place_trips (place_id, ended_at);
