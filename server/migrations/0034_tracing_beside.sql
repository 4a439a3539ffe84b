-- A trace may also find whom declared contacts, households and guest lists make contacts: beside the scans.
alter table trace_contacts
  add by_scans boolean not null default true,
  add beside jsonb;                            -- [{source, setting, with, from, to, confidence, place, estimated}]; null: by scans alone
alter table trace_hops add beside integer not null default 0;  -- of the people, whom such an edge makes one
create index trace_contacts_beside on trace_contacts (trace_id, hop, (-overlap_seconds), person_id) where beside is not null;
create index trace_contacts_beside_by_first on trace_contacts (trace_id, first_at, hop, person_id) where beside is not null;
create index trace_contacts_beside_by_last on trace_contacts (trace_id, last_at, hop, person_id) where beside is not null;
