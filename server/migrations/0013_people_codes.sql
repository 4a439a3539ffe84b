-- Health insurance cards are found by the ten digits that stay when the card is renewed.
alter table people add column insurance_index bytea;
create index people_by_insurance on people (insurance_index) where insurance_index is not null;

-- Phones that make codes of their own. A phone that nobody should use any more is revoked; what it showed before stays.
create table devices (
  id bytea primary key constraint devices_have_eight_bytes check (length(id) = 8),
  holder_id integer not null references people,
  public_key bytea not null constraint devices_have_an_ed25519_key check (length(public_key) = 32),
  name text,                        -- what the phone says it is
  session_id bigint,                -- the sign-in with which it came: revoking the phone ends it
  created_at timestamptz not null,
  renewed_at timestamptz not null,  -- certificates end two weeks after this
  revoked_at timestamptz,
  unique (holder_id, public_key)
);
create index devices_revoked on devices (renewed_at) where revoked_at is not null;

-- Cards on paper say a number and nothing else. Printing a new one revokes the old one.
create table paper_cards (
  id bytea primary key constraint paper_cards_have_eight_bytes check (length(id) = 8),
  person_id integer not null references people,
  issued_at timestamptz not null,
  revoked_at timestamptz
);
create unique index paper_cards_one_in_use on paper_cards (person_id) where revoked_at is null;
create index paper_cards_revoked on paper_cards (id) where revoked_at is not null;
