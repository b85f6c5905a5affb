-- People for whom a provider of identities vouches, and the yearly review of accounts. The person behind an account is a keyed hash of
-- who the provider says it is, in the column that holds a login's; such an account has no password. The provider's own session, by which
-- it may end ours, is a keyed hash too.

alter table session add column provider_session text;
create index session_provider on session (provider_session);

-- Tokens of the provider that are not younger than this open nothing any more.
alter table account add column signed_out text;

-- That an account was reviewed, or its person trained, and on which day. Rows are added and never changed, each seen once its entry is
-- in the log; the youngest counts.
create table account_check (
    account  text   not null references account (id),
    kind     text   not null check (kind in ('review', 'training')),
    day      text   not null,
    given_by text   not null references account (id),
    entry    bigint not null references journal_entry (id),
    primary key (account, kind, entry)
);

create view account_check_seen as
select c.account, c.kind, c.day
from account_check c join journal_entry j on j.id = c.entry
where j.log_index is not null;
