-- A class gets its cards together, and gets them together again: a card belongs to the list for which it was printed, as
-- does the one that replaces it. Whoever has no card of a list in use is on it no more.
create table card_lists (
  id integer generated always as identity primary key,
  public_id uuid not null unique,
  name text not null,
  created_at timestamptz not null
);
alter table paper_cards add column list_id integer references card_lists;
create index paper_cards_by_list on paper_cards (list_id) where list_id is not null and revoked_at is null;
