-- Reminders that an officer sent, for the bound on how many one may send alone.
create index follow_up_events_reminders on follow_up_events (recorded_by, at) where kind = 'instructed';
