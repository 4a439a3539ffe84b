-- Somebody who was exposed, watched by one unit until a day: one open a person and disease, however many cases they met.
create table follow_ups (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  person_id integer not null references people,
  disease_id text not null,
  profile_version integer not null,
  area_id integer not null references areas,   -- the unit that holds it: responsible, and the only one (with those above) that sees the person
  sent_to_id integer references areas,         -- handed over to this unit, which has not answered yet
  status text not null constraint follow_ups_status_is_known
    check (status in ('toTrace', 'reached', 'refused', 'notFound', 'isolated', 'released')),
  exposed_to date not null,                    -- of the latest exposure
  watch_until date not null,
  test text not null default 'none' constraint follow_ups_test_is_known
    check (test in ('none', 'needed', 'ordered', 'taken', 'negative', 'positive')),
  quarantine text not null default 'none' constraint follow_ups_quarantine_is_known
    check (quarantine in ('none', 'needed', 'ordered', 'done')),
  tries integer not null default 0,
  last_try_at timestamptz,
  reached_at timestamptz,                      -- the first time
  last_seen_on date,                           -- the last day on which somebody spoke with them
  next_at timestamptz not null,                -- when to call next
  opened_at timestamptz not null,
  ended_at timestamptz,
  end_reason text constraint follow_ups_end_reason_is_known
    check (end_reason in ('watchOver', 'lost', 'officer', 'becameCase')),
  constraint follow_ups_released_is_ended check ((status = 'released') = (ended_at is not null)
    and (ended_at is null) = (end_reason is null))
);
create unique index follow_ups_one_open on follow_ups (person_id, disease_id) where ended_at is null;
-- A list of few units goes down these, unit by unit …
create index follow_ups_by_unit on follow_ups (area_id, next_at, id) where ended_at is null;
create index follow_ups_ended_by_unit on follow_ups (area_id, ended_at, id) where ended_at is not null;
-- … and one of many units goes along these, and finds unit and status without the row.
create index follow_ups_in_order on follow_ups (next_at, id) include (area_id, status) where ended_at is null;
create index follow_ups_by_watch on follow_ups (watch_until, id) include (area_id, status) where ended_at is null;
create index follow_ups_by_exposure on follow_ups (exposed_to, id) include (area_id, status) where ended_at is null;
create index follow_ups_by_status on follow_ups (status, next_at, id) include (area_id) where ended_at is null;
create index follow_ups_by_exposure_day on follow_ups (exposed_to, next_at, id) include (area_id, status) where ended_at is null;
create index follow_ups_by_seen on follow_ups (last_seen_on, area_id) where ended_at is null;
create index follow_ups_ended_in_order on follow_ups (ended_at, id) include (area_id, status) where ended_at is not null;

-- Which follow-up a contact of a case belongs to, and when somebody first spoke with the person after it.
alter table contacts
  add column follow_up_id integer references follow_ups,
  add column reached_at timestamptz;
create index contacts_by_follow_up on contacts (follow_up_id);

-- Everything that happened to a follow-up. Rows are only ever added; the note is sealed.
create table follow_up_events (
  id bigint generated always as identity primary key,
  follow_up_id integer not null references follow_ups,
  kind text not null constraint follow_up_events_kind_is_known check (kind in ('opened', 'exposed', 'attempt',
    'instructed', 'test', 'quarantine', 'planned', 'sent', 'received', 'returned', 'withdrawn', 'released')),
  at timestamptz not null,            -- when it happened
  recorded_at timestamptz not null,   -- when it was written down; later, when it was keyed in from paper
  recorded_by integer references accounts,
  channel text constraint follow_up_events_channel_is_known check (channel in ('phone', 'visit', 'sms')),
  outcome text,                       -- of an attempt, of a test, why released, why returned
  case_id integer references cases,   -- of an exposure
  area_id integer references areas,   -- of a hand-over
  sealed bytea
);
create index follow_up_events_by_follow_up on follow_up_events (follow_up_id, id);
create index follow_up_events_seen on follow_up_events (follow_up_id, at)
  where kind = 'attempt' and outcome in ('reached', 'ill', 'isolated');

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'Rows of % are only ever added', tg_table_name;
end $$;
create trigger follow_up_events_are_only_added before update on follow_up_events
  for each row execute function refuse_change();

-- People handed from one unit to another at once. The sender stays responsible for each until the other has taken them.
create table hand_overs (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  from_id integer not null references areas,
  to_id integer not null references areas,
  disease_id text not null,
  sent_at timestamptz not null,
  due_at timestamptz not null,        -- a receipt after this is late
  sent_by integer references accounts
);
create index hand_overs_by_sender on hand_overs (from_id, id desc);
create index hand_overs_by_receiver on hand_overs (to_id, id desc);

create table hand_over_lines (
  hand_over_id integer not null references hand_overs,
  follow_up_id integer not null references follow_ups,
  answer text constraint hand_over_lines_answer_is_known check (answer in ('received', 'returned', 'withdrawn')),
  answered_at timestamptz,
  answered_by integer references accounts,
  reason text constraint hand_over_lines_reason_is_known check (reason in ('notHere', 'moved', 'unknownPerson', 'other')),
  primary key (hand_over_id, follow_up_id)
);
create unique index hand_over_lines_one_waiting on hand_over_lines (follow_up_id) where answer is null;

-- For other modules to join, published by cases: whose case it is.
create view case_people as select id as case_id, person_id from cases;
