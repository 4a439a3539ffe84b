-- Who is asked to stay at home until a day, whatever they declared: a confirmed case, or a contact of one. It ends by itself,
-- or an officer lifts it. A gate learns the colour and what to say, never the reason.
create table entry_holds (
  person_id integer not null references people,
  reason text not null constraint entry_holds_reason_is_known check (reason in ('case', 'contact')),
  case_id uuid not null,         -- public id of the case on which it rests
  since timestamptz not null,
  until timestamptz not null,
  lifted_at timestamptz,
  primary key (person_id, reason, case_id)
);
create index entry_holds_by_end on entry_holds (until);
