-- For other modules to join: the keyed hashes of the words of a name, to narrow lists to whose name has given words.
create view person_names as select id as person_id, name_tokens from people;
