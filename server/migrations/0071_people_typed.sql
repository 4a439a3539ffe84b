-- Made by a gate of a number that somebody typed, and nobody's yet: since then nobody has signed in with it or confirmed
-- it, and nothing was written down. Of records that are older nobody can tell: they are somebody's.
alter table people add column is_typed boolean not null default false;
