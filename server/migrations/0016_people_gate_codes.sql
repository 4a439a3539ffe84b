-- A code that was sent from a gate confirms a number there, and for one scan: whoever has it is signed in nowhere.
alter table phone_challenges add column place_id uuid; -- public id of that place; null: the code signs in
