-- One run of a trace, with everything needed to understand it later.
create table traces (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  case_id integer not null references cases,
  status text not null constraint traces_status_is_known check (status in ('waiting', 'running', 'done', 'failed')),
  parameters jsonb not null,     -- from, to, minOverlapSeconds, airingSeconds, hops, latencyHours, profile version
  progress jsonb not null default '{"done": 0, "total": 0}',
  problem text,
  asked_by integer references accounts,
  asked_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index traces_by_case on traces (case_id, id desc);

-- People found by a run, each with the overlaps that put them on the list.
create table trace_contacts (
  trace_id integer not null references traces,
  person_id integer not null references people,
  hop smallint not null,
  via_id integer references people,
  overlap_seconds integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  exposures jsonb not null,      -- [{place, with, from, to, seconds, estimated}] with internal ids
  primary key (trace_id, person_id)
);
-- Negative, so that a page goes on after a row with one comparison.
create index trace_contacts_in_order on trace_contacts (trace_id, hop, (-overlap_seconds), person_id);

-- A person whom an officer made a contact of a case.
create table contacts (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  case_id integer not null references cases,
  person_id integer not null references people,
  label text not null constraint contacts_label_is_known check (label in ('F1', 'F2', 'F3')),
  trace_id integer references traces,
  first_at timestamptz not null,
  last_at timestamptz not null,
  marked_by integer references accounts,
  marked_at timestamptz not null,
  constraint contacts_once_per_case unique (case_id, person_id)
);
create index contacts_by_person on contacts (person_id);

-- What a contact is told: days and what to do, nothing about whose case it is.
create table warnings (
  id uuid primary key,
  contact_id integer not null unique references contacts,
  person_id integer not null references people,
  disease_id text not null,
  profile_version integer not null,
  exposed_from date not null,
  exposed_to date not null,
  created_at timestamptz not null,
  -- How the person was told: by SMS, or not at all, because no number is known; null while the message is being made.
  reached_by text constraint warnings_reach_is_known check (reached_by in ('sms', 'none')),
  told_at timestamptz,
  read_at timestamptz
);
create index warnings_to_send on warnings (contact_id) where reached_by is null;
create index warnings_by_person on warnings (person_id, created_at desc);
