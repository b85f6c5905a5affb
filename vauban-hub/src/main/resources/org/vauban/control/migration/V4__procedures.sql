-- What happens to a request before it is decided; and permits that stand in another's place: an amendment or a renewal has an id of its
-- own and the project space of the permit it follows. SQLite cannot drop a constraint, so the table of permits is made anew.

drop view permit_seen;

create table permit_person_kept (
    permit  text not null,
    account text not null
);
insert into permit_person_kept select permit, account from permit_person;
drop table permit_person;

create table permit_made_anew (
    id           text   primary key,
    project      text   not null,
    applicant    text   not null references account (id),
    body         text   not null,
    state        text   not null check (state in ('requested', 'granted', 'refused', 'withdrawn', 'retracted', 'replaced')),
    state_before text,
    ends         text   not null,
    requested    text   not null,
    decided      text,
    decided_by   text   references account (id),
    follows      text   references permit_made_anew (id),
    renews       bigint not null,
    entry        bigint not null references journal_entry (id)
);
insert into permit_made_anew
select id, project, applicant, body, state, state_before, ends, requested, decided, decided_by, null, 0, entry from permit;
drop table permit;
alter table permit_made_anew rename to permit;

create table permit_person (
    permit  text not null references permit (id),
    account text not null references account (id),
    primary key (permit, account)
);
insert into permit_person select permit, account from permit_person_kept;
drop table permit_person_kept;

create table permit_event (
    permit  text   not null references permit (id),
    number  bigint not null,
    kind    text   not null,
    step    text   not null,
    outcome text,
    actor   text   not null references account (id),
    body    text   not null,
    at      text   not null,
    entry   bigint not null references journal_entry (id),
    primary key (permit, number)
);

create view permit_seen as
select p.id, p.project, p.applicant, p.body, p.requested, p.follows, p.renews,
       case when j.log_index is null then p.state_before else p.state end as state
from permit p join journal_entry j on j.id = p.entry
where j.log_index is not null or p.state_before is not null;

create view permit_event_seen as
select e.permit, e.number, e.kind, e.step, e.outcome, e.actor, e.body, e.at, j.log_index
from permit_event e join journal_entry j on j.id = e.entry
where j.log_index is not null;
