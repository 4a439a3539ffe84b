-- The one home of personal data. `sealed` holds names, numbers and addresses; the other columns are what lists
-- and rules need and name nobody. Several people share a phone: the first of them is its holder.
create table people (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  ref text constraint people_ref_is_unique unique, -- id in an outside system that was imported
  holder_id integer references people,             -- whose phone reaches this person; null: nobody's
  sealed bytea not null,
  phone_index bytea,
  document_index bytea,
  name_tokens bytea[] not null default '{}',       -- keyed hashes of each word of the name, without diacritics
  area_id integer references areas,                -- unit of residence, as entered
  created_at timestamptz not null
);
create index people_by_phone on people (phone_index) where phone_index is not null;
create index people_by_document on people (document_index) where document_index is not null;
create index people_by_name on people using gin (name_tokens);
create index people_by_holder on people (holder_id);
create index people_by_area on people (area_id);
-- One person holds a phone: the race of two first sign-ins ends here.
create unique index people_one_holder_per_phone on people (phone_index) where holder_id = id;

-- One-time codes sent to phones. The number is sealed until it is confirmed; the code is only kept as a keyed hash.
create table phone_challenges (
  id uuid primary key,
  phone_index bytea not null,
  sealed bytea not null,
  code_hash bytea not null,
  attempts smallint not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index phone_challenges_by_time on phone_challenges (created_at);

-- Who looked at whose record, and why. The person sees these rows, so does the auditor; nobody can change them.
create table readings (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  account_id integer not null references accounts,
  person_id integer not null references people,
  action text not null,   -- what was seen: person.read, person.search, case.read, contact.list …
  reason text not null,
  case_id uuid            -- public id of the case for which it was read
);
create index readings_by_person on readings (person_id, id desc);
create index readings_by_account on readings (account_id, id desc);
