-- What was done, by whom, to what. Rows are only ever added; details hold ids and facts, never names or numbers.
create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text,
  action text not null,
  subject_id text,
  details jsonb not null default '{}'
);
create index audit_log_by_subject on audit_log (subject_id, id desc);
create index audit_log_by_action on audit_log (action, id desc);
create index audit_log_by_actor on audit_log (actor_id, id desc);

-- Attempts in a window of time; the key is a keyed hash of what is being throttled.
create table throttles (
  key bytea primary key,
  ends_at timestamptz not null,
  count integer not null
);

-- Messages to people. Recipient and text are sealed; a delivered one is kept for as long as its purpose needs.
create table messages (
  id uuid primary key,
  channel text not null constraint messages_channel_is_known check (channel in ('sms')),
  sealed bytea not null,
  purpose text not null,
  created_at timestamptz not null,
  delivered_at timestamptz,
  attempts smallint not null default 0
);
create index messages_by_time on messages (created_at desc);

-- Facts about this installation, such as `demo`.
create table settings (
  name text primary key,
  value jsonb not null
);
