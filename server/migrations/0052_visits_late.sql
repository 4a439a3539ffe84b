-- Which days of which places had scans that came late: whoever looks whom that concerns takes them away. No key: who notes the same does not wait for the other.
create table late_place_days (
  day date not null,
  place_id integer not null
);
