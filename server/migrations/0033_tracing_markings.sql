-- Contacts that an officer marks at once: some people a transaction, in the order of their rows, so that it can be followed and
-- goes on where it was after a crash.
create table contact_markings (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  case_id integer not null references cases,
  trace_id integer references traces,          -- null: of those beside the scans
  label text not null constraint contact_markings_label_is_known check (label in ('F1', 'F2', 'F3')),
  person_ids integer[],                        -- null: all whom the trace found in the hop of the label
  status text not null constraint contact_markings_status_is_known check (status in ('waiting', 'running', 'done', 'failed')),
  total integer not null,
  seen integer not null default 0,             -- people gone through
  marked integer not null default 0,           -- of them, new contacts of the case
  last_person_id integer not null default 0,
  run_id integer references warning_runs,       -- their warnings
  problem text,
  asked_by integer references accounts,
  asked_at timestamptz not null,
  finished_at timestamptz
);
create index contact_markings_by_case on contact_markings (case_id, id desc);

alter table warning_runs
  drop constraint warning_runs_status_is_known,
  add constraint warning_runs_status_is_known
    check (status in ('gathering', 'waiting', 'sending', 'sent', 'refused', 'stopped', 'recalling', 'recalled'));

-- One hand-over to each unit, however many parts the marking takes.
alter table hand_overs add marking_id integer references contact_markings;
create unique index hand_overs_one_per_marking on hand_overs (marking_id, to_id) where marking_id is not null;
