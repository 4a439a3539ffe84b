-- A gate is told what was revoked since it last asked, in the order in which it was.
drop index devices_revoked;
create index devices_revoked on devices (revoked_at, id) where revoked_at is not null;
drop index paper_cards_revoked;
create index paper_cards_revoked on paper_cards (revoked_at, id) where revoked_at is not null;
