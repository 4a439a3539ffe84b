-- Traces of many cases, asked for together: one job, whose progress can be seen.
create table trace_batches (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  asked_by integer references accounts,
  asked_at timestamptz not null,
  finished_at timestamptz,
  total integer not null
);

-- The trace of the same case that this one answers anew, after a date was edited or scans came late.
alter table traces add follows integer references traces, add batch_id integer references trace_batches;
create index traces_by_batch on traces (batch_id, id) where batch_id is not null;
-- Other orders of a list of half a million; backwards too.
create index trace_contacts_by_first on trace_contacts (trace_id, first_at, hop, person_id);
create index trace_contacts_by_last on trace_contacts (trace_id, last_at, hop, person_id);
create index trace_contacts_by_seconds on trace_contacts (trace_id, overlap_seconds, hop, person_id);
