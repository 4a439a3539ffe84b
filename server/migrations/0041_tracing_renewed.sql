-- Reminders that an officer sent, for the bound on how many one may send alone.
create index follow_up_events_reminders on follow_up_events (recorded_by, at) where kind = 'instructed';

-- A contact whom a trace finds exposed later, or nearer, is warned anew: several warnings of a contact, one a sending, each with
-- what the person was then.
alter table warnings
  drop constraint warnings_contact_id_key,
  alter run_id set not null,
  add label text constraint warnings_label_is_known check (label in ('F1', 'F2', 'F3'));
update warnings w set label = c.label from contacts c where c.id = w.contact_id;
alter table warnings alter label set not null;
create unique index warnings_once_a_sending on warnings (contact_id, run_id);
alter table contact_markings add renewed integer not null default 0;  -- of those marked before

-- The nearest that an open follow-up's person is to any of its cases, by which lists are ordered: F1 first.
alter table follow_ups add label text constraint follow_ups_label_is_known check (label in ('F1', 'F2', 'F3'));
update follow_ups f set label = coalesce((select min(c.label) from contacts c where c.follow_up_id = f.id), 'F1');
alter table follow_ups alter label set not null;
create index follow_ups_by_unit_and_label on follow_ups (area_id, label, next_at, id) where ended_at is null;
create index follow_ups_by_label on follow_ups (label, next_at, id) include (area_id, status) where ended_at is null;
