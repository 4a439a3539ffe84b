-- What a case is called now; the history says since when, by which definition, who said so and why.
alter table cases
  add classification text not null default 'confirmed'
    constraint cases_classification_is_known check (classification in ('suspected', 'probable', 'confirmed', 'discarded')),
  add origin text not null default 'unknown' constraint cases_origin_is_known check (origin in ('imported', 'local', 'unknown'));

-- Every name that a case had, never overwritten. The newest row holds from its day on; what an older row said of the
-- days before stays, and what was known at a moment is what had been recorded by then.
create table case_classifications (
  id integer generated always as identity primary key,
  public_id uuid not null unique default gen_random_uuid(),
  case_id integer not null references cases,
  classification text not null
    constraint case_classifications_are_known check (classification in ('suspected', 'probable', 'confirmed', 'discarded')),
  origin text not null constraint case_classifications_origin_is_known check (origin in ('imported', 'local', 'unknown')),
  definition_version integer not null,  -- of the profile of the disease, which holds the words of the definition
  valid_from date not null,
  sealed bytea,                         -- why
  recorded_at timestamptz not null,
  recorded_by integer references accounts
);
create index case_classifications_by_case on case_classifications (case_id, id desc);

insert into case_classifications (case_id, classification, origin, definition_version, valid_from, recorded_at, recorded_by)
  select id, 'confirmed', 'unknown', profile_version, confirmed_on, created_at, created_by from cases order by id;

-- What laboratories found. A wrong one is withdrawn, with the reason, and stays to be seen.
create table lab_results (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  case_id integer not null references cases,
  sampled_on date not null,
  kind text not null
    constraint lab_results_kind_is_known check (kind in ('pcr', 'rapid', 'antibody', 'culture', 'sequencing', 'other')),
  result text not null
    constraint lab_results_result_is_known check (result in ('positive', 'negative', 'indeterminate', 'invalid')),
  ct numeric(4, 1) constraint lab_results_ct_is_possible check (ct between 1 and 50),
  laboratory text not null,
  received_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by integer references accounts,
  withdrawn_at timestamptz,
  withdrawn_by integer references accounts,
  sealed bytea                          -- why it was withdrawn
);
-- Two officers who type in the same paper record it once.
create unique index lab_results_once on lab_results (case_id, sampled_on, kind, laboratory, result) where withdrawn_at is null;

create or replace view case_facts as
  select id as case_id, public_id, number, person_id, area_id, disease_id, created_at, classification, origin from cases;
