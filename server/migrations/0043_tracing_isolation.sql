-- From when on somebody on a list could infect nobody any more, as was known when the next hop went on from them.
alter table trace_contacts add column isolated_at timestamptz;

-- A trace asks who was isolated in its days.
create index follow_up_events_isolated on follow_up_events (at) where kind = 'attempt' and outcome = 'isolated';
