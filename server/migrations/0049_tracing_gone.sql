-- Who is found no more: on the list that a trace follows and not on its own; and whoever was gone before, is still marked, and
-- nobody dealt with. Kept when it is found, in the orders of a list, as who is new is.
create table trace_gone (
  trace_id integer not null references traces,
  person_id integer not null references people,
  list_id integer not null references traces,   -- whose list they were on last
  hop smallint not null,
  overlap_seconds integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (trace_id, person_id)
);
create index trace_gone_in_order on trace_gone (trace_id, hop, (-overlap_seconds), person_id);
create index trace_gone_by_first on trace_gone (trace_id, first_at, hop, person_id);
create index trace_gone_by_last on trace_gone (trace_id, last_at, hop, person_id);
alter table trace_hops add gone integer not null default 0;  -- who is found no more, and was in this hop

insert into trace_gone
  select t.id, before.person_id, t.follows, before.hop, before.overlap_seconds, before.first_at, before.last_at
  from traces t join trace_contacts before on before.trace_id = t.follows
  where t.status = 'done' and before.hop <= (t.parameters->>'hops')::int and (t.parameters ? 'beside' or before.by_scans)
    and not exists (
      select from trace_contacts here where here.trace_id = t.id and here.person_id = before.person_id);
update trace_hops h set gone = leaving where leaving > 0;

-- A contact who is none any more stays in the record.
alter table contacts add withdrawn_at timestamptz, add withdrawn_by integer references accounts;
alter table follow_ups
  drop constraint follow_ups_end_reason_is_known,
  add constraint follow_ups_end_reason_is_known
    check (end_reason in ('watchOver', 'lost', 'officer', 'becameCase', 'noContact'));

-- Taking contacts back goes as marking does: some people a transaction.
alter table contact_markings
  alter label drop not null,                    -- null: these are contacts no more
  add withdrawn integer not null default 0,
  add ended integer not null default 0,         -- of them, whose follow-up ended with it
  add sealed bytea,                             -- why
  add constraint contact_markings_withdraw_for_a_reason check ((label is null) = (sealed is not null));
