-- Dates of a case that were corrected: what stood there, what stands there since, who said so and why.
create table case_date_changes (
  id integer generated always as identity primary key,
  public_id uuid not null unique default gen_random_uuid(),
  case_id integer not null references cases,
  before jsonb not null,                -- {onsetOn, sampledOn, isolatedAt}
  after jsonb not null,
  sealed bytea,                         -- why
  recorded_at timestamptz not null,
  recorded_by integer references accounts
);
create index case_date_changes_by_case on case_date_changes (case_id, id desc);
