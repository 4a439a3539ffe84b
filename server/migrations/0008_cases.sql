-- A confirmed infection. Dates are days where the health service sends them; the window is computed by the profile.
create table cases (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  ref text constraint cases_ref_is_unique unique,
  number text not null constraint cases_number_is_unique unique,
  person_id integer not null references people,
  disease_id text not null,
  profile_version integer not null,
  onset_on date,
  sampled_on date,
  confirmed_on date not null,
  isolated_at timestamptz,
  sealed bytea,                 -- the officer's note
  area_id integer not null references areas,
  created_at timestamptz not null,
  created_by integer references accounts,
  constraint cases_have_an_anchor check (num_nonnulls(onset_on, sampled_on) > 0)
);
create index cases_by_area on cases (area_id, id desc);
create index cases_by_person on cases (person_id);
create unique index cases_one_per_person_disease_and_onset
  on cases (person_id, disease_id, coalesce(onset_on, sampled_on));

-- The last number given out in each unit and year: the row is the queue in which two officers wait for each other.
create table case_numbers (
  area_code text not null,
  year smallint not null,
  last integer not null,
  primary key (area_code, year)
);

-- For other modules to join: where and when cases were confirmed.
create view case_facts as select id as case_id, public_id, number, person_id, area_id, disease_id, created_at from cases;
