-- What somebody told an officer about a case: answers, places without a scan, people met. Its words are sealed.
create table interviews (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  case_id integer not null references cases,
  informant text not null             -- who was asked, as seen from the case
    constraint interviews_informant_is_known check (informant in ('self', 'household', 'relative', 'colleague', 'health-worker', 'other')),
  form_id text not null,
  form_version integer not null,
  sealed bytea not null,
  held_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by integer references accounts,
  withdrawn_at timestamptz,
  withdrawn_by integer references accounts
);
create index interviews_by_case on interviews (case_id, id desc);

-- Two people were together, because somebody says so. It goes both ways.
create table declared_contacts (
  id integer generated always as identity primary key,
  public_id uuid not null unique default gen_random_uuid(),
  case_id integer not null references cases,
  interview_id integer references interviews,
  person_id integer not null references people,
  other_id integer not null references people,
  place_id integer references places,
  from_at timestamptz not null,
  to_at timestamptz not null,
  setting text not null,               -- a setting of the interview form
  source text not null constraint declared_contacts_source_is_known check (source in ('interview', 'declared')),
  masked boolean,                      -- both wore masks; null: nobody knows
  confidence real not null constraint declared_contacts_confidence_is_a_share check (confidence between 0 and 1),
  recorded_at timestamptz not null,
  recorded_by integer references accounts,
  withdrawn_at timestamptz,
  withdrawn_by integer references accounts,
  constraint declared_contacts_are_of_two check (person_id <> other_id),
  constraint declared_contacts_last check (from_at < to_at)
);
-- Two officers who hear the same story record it once.
create unique index declared_contacts_once
  on declared_contacts (case_id, person_id, other_id, from_at, to_at, setting) where withdrawn_at is null;
create index declared_contacts_by_person on declared_contacts (person_id) where withdrawn_at is null;
create index declared_contacts_by_other on declared_contacts (other_id) where withdrawn_at is null;

-- Somebody was at a registered place and was not scanned there, because somebody says so.
create table declared_visits (
  id integer generated always as identity primary key,
  interview_id integer not null references interviews,
  person_id integer not null references people,
  place_id integer not null references places,
  from_at timestamptz not null,
  to_at timestamptz not null,
  confidence real not null constraint declared_visits_confidence_is_a_share check (confidence between 0 and 1),
  withdrawn_at timestamptz,
  constraint declared_visits_last check (from_at < to_at)
);
create index declared_visits_by_person on declared_visits (person_id) where withdrawn_at is null;
create index declared_visits_by_place on declared_visits (place_id, from_at) where withdrawn_at is null;
create index declared_visits_by_interview on declared_visits (interview_id);

-- Published by people: who is reached by the same phone.
create view household_facts as select id as person_id, holder_id as household_id from people where holder_id is not null;

-- Published by visits: where in a vehicle somebody sat who got on at a moment.
create view seat_facts as
  select place_id, person_id, at, zone from scans where zone is not null and doubt is null and direction = 1;
