-- One more reason why a scan is set aside (DoubtName of visits/rules.ts).
create or replace view set_aside_scans as
  select place_id, person_id, at, direction,
    (array['travel', 'crowd', 'closedHours', 'mismatch', 'farAway', 'copied', 'beforeIssue'])[doubt] as reason
  from scans where doubt is not null;
