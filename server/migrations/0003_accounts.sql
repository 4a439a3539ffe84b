-- People who work with the system. Citizens have no account: their phone is enough (see people, sessions).
create table accounts (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  login text not null,
  name text not null,
  password_hash text not null, -- argon2id, PHC string
  demo boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index accounts_login_is_unique on accounts (lower(login));

-- A role holds within an area and, where it is one, a sector.
create table account_roles (
  account_id integer not null references accounts,
  role text not null,
  area_id integer not null references areas,
  sector text not null default '',
  primary key (account_id, role, area_id, sector)
);

-- Only a hash of the token is kept. Exactly one of account and holder is set.
create table sessions (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  account_id integer references accounts,
  holder_id integer, -- people.id of the first person on the phone
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint sessions_belong_to_one check (num_nonnulls(account_id, holder_id) = 1)
);
create index sessions_by_account on sessions (account_id) where account_id is not null;
create index sessions_by_holder on sessions (holder_id) where holder_id is not null;

-- Keys of gates, kiosks and local apps: a role at one place or within an area.
create table api_keys (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  token_hash bytea not null unique,
  name text not null,
  role text not null,
  area_id integer references areas,
  place_id integer,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint api_keys_reach_one check (num_nonnulls(area_id, place_id) = 1)
);

-- For other modules to join: within which areas an account works.
create view account_areas as
  select a.public_id as account_id, r.area_id, r.role from accounts a join account_roles r on r.account_id = a.id;

-- For other modules to join: the area or the place that a key reaches, also once it was revoked.
create view key_reach as select public_id as key_id, area_id, place_id from api_keys;
