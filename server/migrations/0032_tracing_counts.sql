-- How many a trace found in each hop, and whom else than the trace that it follows: counted once, when it is found, because
-- a list of half a million is not counted anew for each look at it.
create table trace_hops (
  trace_id integer not null references traces,
  hop smallint not null,
  people integer not null,
  entering integer not null default 0,   -- were in no hop of the trace that this one follows
  leaving integer not null default 0,    -- were in this hop there, and are in none here
  primary key (trace_id, hop)
);
alter table trace_contacts add is_new boolean not null default false;
alter table trace_batches add people integer not null default 0;  -- different contacts, once it is finished

update trace_contacts c set is_new = true from traces t
where t.id = c.trace_id and t.follows is not null and not exists (
  select from trace_contacts before where before.trace_id = t.follows and before.person_id = c.person_id);
insert into trace_hops (trace_id, hop, people, entering)
  select trace_id, hop, count(*), count(*) filter (where is_new) from trace_contacts group by 1, 2;
insert into trace_hops (trace_id, hop, people, leaving)
  select t.id, before.hop, 0, count(*) from traces t join trace_contacts before on before.trace_id = t.follows
  where t.status = 'done' and not exists (
    select from trace_contacts here where here.trace_id = t.id and here.person_id = before.person_id)
  group by 1, 2
  on conflict (trace_id, hop) do update set leaving = excluded.leaving;
update trace_batches b set people = (
  select count(distinct c.person_id) from traces t join trace_contacts c on c.trace_id = t.id where t.batch_id = b.id)
where finished_at is not null;

create index trace_contacts_new on trace_contacts (trace_id, hop, (-overlap_seconds), person_id) where is_new;
create index trace_contacts_new_by_first on trace_contacts (trace_id, first_at, hop, person_id) where is_new;
create index trace_contacts_new_by_last on trace_contacts (trace_id, last_at, hop, person_id) where is_new;
create index trace_contacts_new_by_seconds on trace_contacts (trace_id, overlap_seconds, hop, person_id) where is_new;
