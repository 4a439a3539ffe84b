-- How far a unit reaches from the point of its label: what lies somewhere in it lies no farther from there.
alter table areas add column radius_km double precision;
create or replace view area_names as
  select id, code, level, kind, name, full_name, name_en, parent_id, path, valid_from, valid_to, sort_order, lat, lon,
    radius_km
  from areas;

-- For other modules to join: where a place lies. Of one that nobody has put on the map, the point of its commune's label,
-- which is wrong by up to the margin. A vehicle is anywhere.
create view place_positions as
  select place.id as place_id, coalesce(place.lat, area.lat) as lat, coalesce(place.lon, area.lon) as lon,
    case when place.lat is null then area.radius_km else 0 end as margin_km
  from places place join place_kinds kind on kind.code = place.kind
  left join area_names area on area.id = place.area_id and area.radius_km is not null and kind.form <> 'vehicle';
