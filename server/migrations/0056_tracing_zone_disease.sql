-- Against which disease a zone is ordered; null: nobody said.
alter table zones add column disease_id text;
