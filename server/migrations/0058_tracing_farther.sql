-- Contacts whom a renewed trace finds farther from the case are relabelled, for a reason, as marking goes: some people a transaction.
alter table contact_markings
  add is_farther boolean not null default false,
  drop constraint contact_markings_withdraw_for_a_reason,
  add constraint contact_markings_change_for_a_reason check ((label is null or is_farther) = (sealed is not null));

-- What these people were told of the case before counts no more, once they are told this.
alter table warning_runs add replaces boolean not null default false;

alter table follow_up_events
  drop constraint follow_up_events_kind_is_known,
  add constraint follow_up_events_kind_is_known check (kind in ('opened', 'exposed', 'farther', 'attempt', 'instructed', 'test',
    'quarantine', 'planned', 'sent', 'received', 'returned', 'withdrawn', 'released'));
