-- For whoever traces: scans that make no stay, and why (DoubtName of visits/rules.ts).
create view set_aside_scans as
  select place_id, person_id, at, direction,
    (array['travel', 'crowd', 'closedHours', 'mismatch', 'farAway', 'copied'])[doubt] as reason
  from scans where doubt is not null;
