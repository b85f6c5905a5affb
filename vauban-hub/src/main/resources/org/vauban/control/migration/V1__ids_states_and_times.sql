-- The control plane: ids, states and times only. What people wrote, their names, raw outputs and person sets are sealed objects;
-- the columns called body and content name them. Types are text and bigint, so that SQLite and PostgreSQL read one script.

create table journal_entry (
    id         bigint primary key,
    act        text   not null,
    phase      text   not null check (phase in ('begun', 'concluded', 'entered')),
    entry      text   not null,
    body       text   not null,
    state      text   not null check (state in ('pending', 'sequenced', 'void')),
    log_index  bigint unique
);
create index journal_entry_state on journal_entry (state, id);

create table account (
    id            text   primary key,
    login_mac     text   not null unique,
    password_hash text,
    roles         text   not null,
    body          text   not null,
    state         text   not null check (state in ('invited', 'active', 'closed')),
    failures      bigint not null,
    locked_until  text,
    created       text   not null,
    entry         bigint not null references journal_entry (id)
);

create table invitation (
    token_hash text primary key,
    account    text references account (id),
    ends       text not null,
    used       text
);

create table session (
    token_hash text primary key,
    id         text not null unique,
    account    text not null references account (id),
    begun      text not null,
    ends       text not null
);

create table edition (
    id        text   primary key,
    root      text   not null,
    stub      text   not null,
    persons   bigint not null,
    source    text   not null,
    published text   not null,
    state     text   not null check (state in ('published', 'retired')),
    entry     bigint not null references journal_entry (id)
);

create table permit (
    id         text   primary key,
    project    text   not null unique,
    applicant  text   not null references account (id),
    body       text   not null,
    state      text   not null check (state in ('requested', 'granted', 'refused', 'withdrawn')),
    ends       text   not null,
    requested  text   not null,
    decided    text,
    decided_by text references account (id),
    entry      bigint not null references journal_entry (id)
);

create table permit_person (
    permit  text not null references permit (id),
    account text not null references account (id),
    primary key (permit, account)
);

create table analysis (
    id        text   primary key,
    project   text   not null,
    author    text   not null references account (id),
    edition   text   not null references edition (id),
    state     text   not null check (state in ('running', 'done', 'failed', 'cancelled')),
    begun     text   not null,
    ended     text,
    content   text,
    entry     bigint not null references journal_entry (id)
);

create table output (
    id        text   primary key,
    analysis  text   not null references analysis (id),
    name      text   not null,
    kind      text   not null,
    verdict   text   not null check (verdict in ('cleared', 'withheld')),
    digest    text   not null,
    state     text   not null check (state in ('inside', 'requested', 'released', 'refused')),
    requested text,
    decided   text,
    entry     bigint not null references journal_entry (id),
    unique (analysis, name)
);

create table review (
    output   text   not null references output (id),
    reviewer text   not null references account (id),
    session  text   not null,
    decision text   not null check (decision in ('approved', 'refused')),
    body     text   not null,
    given    text   not null,
    entry    bigint not null references journal_entry (id),
    primary key (output, reviewer)
);
