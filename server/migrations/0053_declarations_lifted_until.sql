-- Until when the hold that an officer lifted would have lasted: whoever is exposed to the same case later than that is held
-- again, as long as that exposure stands. A case that was let in again stays so, whenever its hold ends.
alter table entry_holds drop column lifted_before, add lifted_until timestamptz;
update entry_holds set lifted_until = case reason when 'case' then 'infinity' else until end where lifted_at is not null;
alter table entry_holds
  add constraint entry_holds_lifting_has_both check ((lifted_at is null) = (lifted_until is null));
