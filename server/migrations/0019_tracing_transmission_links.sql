-- For other modules to join: when the illness of a case began, as far as is known.
create view case_dates as
  select id as case_id, public_id, ref, number, person_id, area_id, disease_id, profile_version, onset_on, sampled_on,
    isolated_at, coalesce(onset_on, sampled_on) as began_on
  from cases;

-- Who infected whom, or at which place or event, as far as is known. A link is withdrawn, never changed.
create table transmission_links (
  id integer generated always as identity primary key,
  public_id uuid not null constraint transmission_links_public_id_is_unique unique,
  infected_id integer not null references cases,
  infector_id integer references cases,
  place_id integer references places,  -- where it happened; without an infector the place or event is the source
  exposed_on date,
  source text not null constraint transmission_links_source_is_known check (source in ('officer', 'import', 'trace')),
  confidence text not null
    constraint transmission_links_confidence_is_known check (confidence in ('confirmed', 'probable', 'possible')),
  added_at timestamptz not null,
  added_by integer references accounts,
  withdrawn_at timestamptz,
  withdrawn_by integer references accounts,
  withdrawn_because text
    constraint transmission_links_reason_is_known check (withdrawn_because in ('mistake', 'disproved', 'replaced')),
  constraint transmission_links_name_a_source check (num_nonnulls(infector_id, place_id) > 0),
  constraint transmission_links_join_two_cases check (infector_id <> infected_id),
  constraint transmission_links_are_withdrawn_for_a_reason
    check (num_nonnulls(withdrawn_at, withdrawn_because) in (0, 2))
);
-- Of what stands, one for each case and source.
create unique index transmission_links_one_stands on transmission_links (infected_id, coalesce(infector_id, -place_id))
  where withdrawn_at is null;
create index transmission_links_by_infected on transmission_links (infected_id, id);
create index transmission_links_by_infector on transmission_links (infector_id, id);
create index transmission_links_by_place on transmission_links (place_id, infected_id) where withdrawn_at is null;

-- Which chain a linked case belongs to: derived from the links that stand, and called by the first of its rows in cases.
create table chain_cases (
  case_id integer primary key references cases,
  chain_id integer not null
);
create index chain_cases_by_chain on chain_cases (chain_id);
