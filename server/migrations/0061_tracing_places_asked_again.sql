-- Where the people of a hop were met may not be found out, or the job that looks may be lost: then it can be asked for again.
alter table trace_hops
  drop constraint trace_hops_places_are_asked_for,
  add constraint trace_hops_places_are_asked_for check (places in ('asked', 'known', 'failed')),
  add places_asked_at timestamptz,
  add unplaced integer not null default 0;   -- people of whom the stays of that moment knew no overlap any more
update trace_hops set places_asked_at = now() where places = 'asked';
