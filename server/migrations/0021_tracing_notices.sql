-- Where a case was while it could infect others, as an officer judged it. What was judged stands in the decisions.
create table exposure_points (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  case_id integer not null references cases,
  place_id integer references places,      -- null: a place without a code, which the sealed words describe
  stayed_from timestamptz,                 -- the stay from which it was taken
  stayed_to timestamptz,
  created_at timestamptz not null,
  constraint exposure_points_once_per_stay unique (case_id, place_id, stayed_from)
);

-- Every judgement of a point, numbered from 1; the last one counts. Rows are only ever added.
create table exposure_point_decisions (
  point_id integer not null references exposure_points,
  number smallint not null,
  status text not null constraint exposure_point_decisions_status_is_known check (status in ('confirmed', 'rejected')),
  area_id integer references areas,        -- of a place without a code; of others it is the place's
  from_at timestamptz not null,
  to_at timestamptz not null,
  setting text not null
    constraint exposure_point_decisions_setting_is_known check (setting in ('closed', 'open', 'vehicle', 'unknown')),
  sealed bytea,                            -- {note, placeText}
  decided_by integer references accounts,
  decided_at timestamptz not null,
  primary key (point_id, number),
  constraint exposure_point_decisions_last check (from_at < to_at)
);

-- A draft of what the public is told of a case's exposure points, and what became of it.
create table notices (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  case_id integer not null references cases,
  status text not null default 'waiting'
    constraint notices_status_is_known check (status in ('waiting', 'released', 'refused', 'withdrawn')),
  corrects integer references notices,     -- what it takes the place of once it is released
  drafted_by integer not null references accounts,
  drafted_at timestamptz not null,
  decided_by integer references accounts,  -- who released or refused it
  decided_at timestamptz,
  withdrawn_by integer references accounts,
  withdrawn_at timestamptz,
  sealed bytea,                            -- {refused, withdrawn}: why, in an officer's words
  constraint notices_need_two_people check (status in ('waiting', 'refused') or decided_by is not null and decided_by <> drafted_by)
);
create index notices_by_case on notices (case_id, id desc);
create index notices_by_status on notices (status, id desc);

-- One line of the public list. Lines do not say which of them belong together: several places of one day name a person.
create table notice_entries (
  id uuid primary key,
  notice_id integer not null references notices,
  point_id integer not null references exposure_points,
  decision smallint not null,
  disease_id text not null,
  place_id integer references places,
  area_id integer not null references areas,
  precision text not null constraint notice_entries_precision_is_known check (precision in ('place', 'area')),
  because text,                            -- why only the unit and the day are published
  visitors integer,                        -- other people who were there in the published time; null where nobody counts
  wish_coarse boolean not null,            -- the officer asked for the unit and the day alone
  place_name text,                         -- as it was published
  search_key text,
  from_at timestamptz not null,
  to_at timestamptz not null,
  from_on date not null,
  to_on date not null,
  expires_on date not null,                -- the last day on which it is shown
  published_on date,
  withdrawn_on date,
  withdrawn_why text constraint notice_entries_reason_is_known check (withdrawn_why in ('mistake', 'corrected')),
  foreign key (point_id, decision) references exposure_point_decisions (point_id, number)
);
create index notice_entries_by_notice on notice_entries (notice_id);
create index notice_entries_by_point on notice_entries (point_id);
create index notice_entries_by_day on notice_entries (from_on desc, id) where published_on is not null;

-- The warnings of one marking: they leave together, wait together for a second officer, are stopped and recalled together.
create table warning_runs (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  case_id integer not null references cases,
  people integer not null,
  status text not null constraint warning_runs_status_is_known
    check (status in ('waiting', 'sending', 'sent', 'refused', 'stopped', 'recalling', 'recalled')),
  alone boolean not null,                  -- so few that one officer may send them
  asked_by integer references accounts,
  asked_at timestamptz not null,
  decided_by integer references accounts,
  decided_at timestamptz,
  stopped_by integer references accounts,
  stopped_at timestamptz,
  recalled_by integer references accounts,
  recalled_at timestamptz,
  sealed bytea,                            -- {refused, stopped, recalled}: why, in an officer's words
  constraint warning_runs_need_two_people
    check (alone or status not in ('sending', 'sent') or decided_by is not null and decided_by is distinct from asked_by)
);
create index warning_runs_by_case on warning_runs (case_id, id desc);
create index warning_runs_by_asker on warning_runs (asked_by, asked_at);

alter table warnings
  add run_id integer references warning_runs,
  add message_id uuid,                     -- what was put into the outbox
  add recalled_at timestamptz,
  add recall_told_at timestamptz;
drop index warnings_to_send;
create index warnings_to_send on warnings (run_id, contact_id) where reached_by is null;
create index warnings_by_run on warnings (run_id);

-- Messages that are stopped together while they wait.
alter table messages add batch uuid;
create index messages_waiting_by_batch on messages (batch) where delivered_at is null;
