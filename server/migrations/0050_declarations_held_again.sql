-- When an officer had let somebody in again before they were exposed once more, which holds them anew.
alter table entry_holds add lifted_before timestamptz;
