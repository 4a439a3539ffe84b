-- A filled form. Answers are health data and sealed; `signals` is all that rules look at.
create table declarations (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  person_id integer not null references people,
  declared_by integer references people,   -- the holder who sent it; differs from the person when on behalf
  form_id text not null,
  form_version integer not null,
  sealed bytea not null,
  signals text[] not null,
  declared_at timestamptz not null,
  valid_until timestamptz not null,
  area_id integer references areas         -- unit of residence at that time, for the figures
);
create index declarations_by_person on declarations (person_id, declared_at desc);
create index declarations_by_time on declarations (declared_at);

-- For other modules to join: who declared when, and where they lived.
create view declaration_facts as select person_id, area_id, declared_at, signals from declarations;
