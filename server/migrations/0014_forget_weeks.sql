/*
 * Drops the weeks of scans and stays that ended before a moment; answers what is gone. What is younger than 31 days
 * may still be needed (gates hand scans over for so long), whoever asks. Whoever reads or writes just then is not kept
 * waiting for long: rather this fails, and is tried again.
 */
create function forget_weeks(before timestamptz) returns table (part text, bytes bigint) language plpgsql as $$
declare
  gone record;
begin
  if before > now() - interval '31 days' then
    raise exception 'What is younger than 31 days is not forgotten: %', before using errcode = 'LC001';
  end if;
  perform set_config('lock_timeout', '2s', true);
  perform pg_advisory_xact_lock(9);
  for gone in
    select child.relname, pg_total_relation_size(child.oid) as size
    from pg_inherits i join pg_class child on child.oid = i.inhrelid
    where i.inhparent in ('scans'::regclass, 'visits_short'::regclass, 'open_stays'::regclass, to_regclass('place_days'))
      and (regexp_match(pg_get_expr(child.relpartbound, child.oid), 'TO \(''(.*)''\)'))[1]::timestamptz <= before
    order by child.relname
  loop
    execute format('drop table %I', gone.relname);
    part := gone.relname;
    bytes := gone.size;
    return next;
  end loop;
  delete from visits_long where left_at < before;
  -- Made by 0018_visits_place_days.sql.
  delete from packed_days where day < (before at time zone 'UTC')::date;
  delete from stale_place_days where day < (before at time zone 'UTC')::date;
end $$;
