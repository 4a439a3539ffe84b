-- What a gate took back counts for nothing and is gone for its place; whoever traces still sees it (DoubtName of visits/rules.ts).
create or replace view set_aside_scans as
  select place_id, person_id, at, direction,
    (array['travel', 'crowd', 'closedHours', 'mismatch', 'farAway', 'copied', 'beforeIssue', 'takenBack'])[doubt] as reason
  from scans where doubt is not null;
