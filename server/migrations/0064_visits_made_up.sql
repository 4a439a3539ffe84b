/*
 * `source` of a stay is -1 where it began with what anybody could make up (a number that a gate vouched for, a line of a
 * list, "the same person again"; trustOf of visits/rules.ts): such a stay ends none that began with more.
 */
create function next_elsewhere(who integer, here integer, since timestamptz, source_here smallint) returns timestamptz
language plpgsql stable as $$ begin
  return least(
    (select v.arrived_at from visits v
     where v.person_id = who and v.arrived_at > since and v.place_id <> here and (v.source >= 0 or source_here < 0)
     order by v.arrived_at limit 1),
    (select n.arrived_at from open_stays n
     where n.person_id = who and n.arrived_at > since and n.place_id <> here and (n.source >= 0 or source_here < 0)
     order by n.arrived_at limit 1),
    trip_end(here, since));
end $$;

create or replace view unfinished_stays as
  select place_id, person_id, arrived_at, source, next_elsewhere(person_id, place_id, arrived_at, source) as elsewhere_at
  from open_stays;
drop function next_elsewhere(integer, integer, timestamptz);
