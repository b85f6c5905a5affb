-- When the key of an ended permit was destroyed at the custodian, so that nothing is lent under it again.
alter table permit add column cut text;

-- The key of one delivery: a producer seals one deposit with it. It has no deposit until one came, and is destroyed when the deposit is taken back.
create table delivery (
    id          text   primary key,
    producer    text   not null,
    fingerprint text   not null unique,
    opened      text   not null,
    deposit     text   unique references deposit (id),
    destroyed   text,
    entry       bigint not null references journal_entry (id)
);

-- Which deposits an edition was made of.
create table edition_deposit (
    edition text not null references edition (id),
    deposit text not null references deposit (id),
    primary key (edition, deposit)
);

-- Who speaks for a producer.
create table producer_person (
    producer text   not null,
    account  text   not null references account (id),
    entry    bigint not null references journal_entry (id),
    primary key (producer, account)
);

-- What a producer takes back: one deposit, or, without one, all of them and those to come. What becomes of permits that are in force is decided
-- by somebody else. Each of the two is seen once its entry is in the log.
create table withdrawal (
    id            text   primary key,
    producer      text   not null,
    deposit       text   references deposit (id),
    asked         text   not null,
    asked_by      text   not null references account (id),
    entry         bigint not null references journal_entry (id),
    in_force      text   check (in_force in ('continue', 'end')),
    decided       text,
    decided_by    text   references account (id),
    decided_entry bigint references journal_entry (id)
);

create view withdrawal_seen as
select w.id, w.producer, w.deposit, w.asked, i.log_index,
       case when j.log_index is null then null else w.in_force end as in_force,
       j.log_index as decided_index
from withdrawal w
join journal_entry i on i.id = w.entry
left join journal_entry j on j.id = w.decided_entry
where i.log_index is not null;

create view deposit_taken_back as
select d.id as deposit, w.id as withdrawal, w.in_force
from deposit d
join withdrawal_seen w on w.deposit = d.id or (w.deposit is null and w.producer = d.producer);

-- Editions that no new permit may cover; those that are ended are read under no permit.
create view edition_closed as
select x.edition, max(case when t.in_force = 'end' then 1 else 0 end) as ended
from edition_deposit x
join deposit_taken_back t on t.deposit = x.deposit
group by x.edition;

-- The month whose key seals the body of an entry; none for those that the hub's own key seals.
alter table journal_entry add column month text;

-- The end of a month's bodies: somebody asks, somebody else decides, and then the month's key is destroyed.
create table log_erasure (
    month         text   primary key,
    asked         text   not null,
    asked_by      text   not null references account (id),
    asked_session text   not null,
    asked_entry   bigint not null references journal_entry (id),
    decided       text,
    decided_by    text   references account (id),
    decided_entry bigint references journal_entry (id),
    erased        text,
    erased_entry  bigint references journal_entry (id)
);

create view log_erasure_seen as
select x.month, x.asked_by, x.asked_session,
       case when j.log_index is null then null else x.decided end as decided,
       case when k.log_index is null then null else x.erased end as erased
from log_erasure x
join journal_entry i on i.id = x.asked_entry
left join journal_entry j on j.id = x.decided_entry
left join journal_entry k on k.id = x.erased_entry
where i.log_index is not null;

-- What keeps a month's bodies beyond their time: a dispute, an inquiry.
create table log_hold (
    id           text   primary key,
    month        text   not null,
    placed       text   not null,
    entry        bigint not null references journal_entry (id),
    lifted       text,
    lifted_entry bigint references journal_entry (id)
);

create view log_hold_seen as
select h.id, h.month, h.placed
from log_hold h
join journal_entry i on i.id = h.entry
left join journal_entry j on j.id = h.lifted_entry
where i.log_index is not null and j.log_index is null;
