-- For other modules to join, published by cases: those that nobody discarded. Only these make chains, figures and zones.
create view counted_cases as
  select id as case_id, public_id, ref, number, person_id, area_id, disease_id, profile_version, onset_on, sampled_on,
    isolated_at, coalesce(onset_on, sampled_on) as began_on
  from cases where classification <> 'discarded';

-- Links that nobody withdrew, between cases that count.
create view standing_links as
  select l.id, l.public_id, l.infected_id, l.infector_id, l.place_id, l.exposed_on, l.source, l.confidence,
    l.added_at, l.added_by, l.withdrawn_at, l.withdrawn_by, l.withdrawn_because
  from transmission_links l
  where l.withdrawn_at is null
    and exists (select from counted_cases d where d.case_id = l.infected_id)
    and (l.infector_id is null or exists (select from counted_cases d where d.case_id = l.infector_id));
