-- Who may deposit, and what was deposited. The sealed parts lie in HOME/deposits, one folder a deposit; no table and no person is named here.

create table producer (
    name       text   not null,
    kind       text   not null check (kind in ('fhir', 'snds', 'omop')),
    body       text   not null,
    registered text   not null,
    entry      bigint not null references journal_entry (id),
    primary key (name, kind)
);

create table deposit (
    id       text   primary key,
    producer text   not null,
    kind     text   not null,
    content  text   not null,
    parts    bigint not null,
    bytes    bigint not null,
    state    text   not null check (state in ('received', 'consumed', 'withdrawn')),
    received text   not null,
    entry    bigint not null references journal_entry (id),
    foreign key (producer, kind) references producer (name, kind)
);
create index deposit_content on deposit (content);
