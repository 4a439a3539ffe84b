-- The lines of a trace by where and how surely people met: one of each place that a line names, and one of place 0 for the
-- line itself; in the orders of a list. Derived: known with the hop where its overlaps are kept, else when somebody asks.
create table trace_lines (
  trace_id integer not null references traces,
  place_id integer not null,
  person_id integer not null references people,
  hop smallint not null,
  overlap_seconds integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  sure text not null constraint trace_lines_sure_is_known check (sure in ('recorded', 'partly', 'estimated', 'told')),
  primary key (trace_id, place_id, person_id)
);
create index trace_lines_in_order on trace_lines (trace_id, place_id, sure, hop, (-overlap_seconds), person_id);
create index trace_lines_by_first on trace_lines (trace_id, place_id, sure, first_at, hop, person_id);
create index trace_lines_by_last on trace_lines (trace_id, place_id, sure, last_at, hop, person_id);

-- How many of a hop met at each place: counted once.
create table trace_places (
  trace_id integer not null references traces,
  hop smallint not null,
  place_id integer not null,
  people integer not null,
  primary key (trace_id, hop, place_id)
);
create index trace_places_by_people on trace_places (trace_id, hop, people desc, place_id);
-- null: nobody asked for the places of this hop yet.
alter table trace_hops add places text constraint trace_hops_places_are_asked_for check (places in ('asked', 'known'));
