-- For other modules to join by the row of an account, as readings name it: within which areas it works.
create view reader_areas as select account_id, area_id from account_roles;
