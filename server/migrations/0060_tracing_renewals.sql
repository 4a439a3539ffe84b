-- A trace that follows another because a date or scans changed, asked for by nobody, whose list is deleted once a later one took
-- its place and nobody read it or acted on it. Who read those that are there already is not known: they count as asked for.
alter table traces
  add by_itself boolean not null default false,
  add read_at timestamptz,              -- when somebody first read the list
  add looked_at timestamptz,            -- when all of it was last looked for again, and was found the same
  add list_deleted_at timestamptz;
create index traces_by_themselves on traces (id) where by_itself;

-- What a list must stay for.
create index traces_by_followed on traces (follows) where follows is not null;
create index trace_gone_by_list on trace_gone (list_id, person_id);
create index contact_markings_by_trace on contact_markings (trace_id) where trace_id is not null;
create index contacts_by_trace on contacts (trace_id) where trace_id is not null;
