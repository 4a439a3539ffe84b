-- Lines that everybody reads: looked through for those that rest on nothing any more.
create index notice_entries_standing on notice_entries (expires_on) where published_on is not null and withdrawn_on is null;
