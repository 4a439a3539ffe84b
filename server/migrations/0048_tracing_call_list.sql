-- Whom a search by name or number finds, open or ended.
create index follow_ups_by_person on follow_ups (person_id);

-- How many are to be called today, and have not been seen, is counted without the rows, in few units and in many.
drop index follow_ups_by_unit, follow_ups_in_order;
create index follow_ups_by_unit on follow_ups (area_id, next_at, id) include (last_seen_on) where ended_at is null;
create index follow_ups_in_order on follow_ups (next_at, id) include (area_id, status, last_seen_on) where ended_at is null;

-- One unit may hold most of them: then no order of a list is sorted by hand, and a status is told without the row.
create index follow_ups_by_unit_and_watch on follow_ups (area_id, watch_until, id) where ended_at is null;
create index follow_ups_by_unit_and_exposure on follow_ups (area_id, exposed_to, id) where ended_at is null;
drop index follow_ups_by_unit_and_label;
create index follow_ups_by_unit_and_label on follow_ups (area_id, label, next_at, id) include (status) where ended_at is null;

-- Hand-overs of which somebody still waits for a receipt.
create index hand_over_lines_waiting on hand_over_lines (hand_over_id) where answer is null;
