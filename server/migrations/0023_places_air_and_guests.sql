-- How the air of a kind of place is renewed, as data/places/kinds.json says: contact rules depend on it.
alter table place_kinds add ventilation text not null default 'conditioned'
  constraint place_kinds_ventilation_is_known check (ventilation in ('sealed', 'conditioned', 'natural', 'open'));

-- Who was asked to an event, whether or not they were scanned at its door.
create table event_guests (
  place_id integer not null references places,
  person_id integer not null references people,
  added_at timestamptz not null,
  primary key (place_id, person_id)
);
create index event_guests_by_person on event_guests (person_id, place_id);

-- For other modules to join: what kinds are like, the vehicles with their zones from front to back, and guests of events.
create view kind_facts as select code as kind, form, ventilation from place_kinds;
create view vehicle_facts as
  select place.id as place_id, place.zones from places place join place_kinds kind on kind.code = place.kind
  where kind.form = 'vehicle';
create view guest_facts as
  select guest.place_id, guest.person_id, place.starts_at, place.ends_at
  from event_guests guest join places place on place.id = guest.place_id where place.ends_at is not null;
