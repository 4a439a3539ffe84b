-- Somebody who types one number again and again at a place hides nothing: what is set aside is told by place and day, and each
-- of these is found without reading how many scans it is of.
drop index scans_set_aside;
create index scans_set_aside on scans (person_id, doubt, place_id, at) where doubt is not null;

-- `doubt` is the number of the reason; `id` tells scans of one moment apart.
create or replace view set_aside_scans as
  select place_id, person_id, at, direction,
    (array['travel', 'crowd', 'closedHours', 'mismatch', 'farAway', 'copied', 'beforeIssue', 'takenBack'])[doubt] as reason,
    doubt, id
  from scans where doubt is not null;
