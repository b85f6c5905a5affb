-- The version of the objections that an edition was made without; null for one without a directory, in which nobody can be found again.
alter table edition add column objections bigint;

-- A version of the objections: who is marked in which edition lies sealed under the name in body, here are counts. Accepted lists take the
-- place of the earlier ones of whoever gave them. A version never changes, and is seen once its entry is in the log.
create table objection_version (
    version  bigint primary key,
    accepted text   not null,
    lists    bigint not null,
    records  bigint not null,
    marks    bigint not null,
    body     text   not null,
    made     text   not null,
    entry    bigint not null references journal_entry (id)
);

-- Editions in which a version found nobody, because nobody can be found again in them, and why. While somebody objects they are not read.
create table objection_unreached (
    version bigint not null references objection_version (version),
    edition text   not null references edition (id),
    reason  text   not null,
    primary key (version, edition)
);

create view objection_version_seen as
select v.version, v.accepted, v.lists, v.records, v.marks, v.body, v.made, j.log_index
from objection_version v
join journal_entry j on j.id = v.entry
where j.log_index is not null;

-- To let go of people whom a later list lacks, somebody asks and somebody else decides, which makes a version.
create table objection_release (
    id            text   primary key,
    accepted      text   not null,
    asked         text   not null,
    asked_by      text   not null references account (id),
    asked_session text   not null,
    asked_entry   bigint not null references journal_entry (id),
    version       bigint references objection_version (version)
);

create view objection_release_asked as
select r.id, r.accepted, r.asked, r.asked_by, r.asked_session
from objection_release r
join journal_entry i on i.id = r.asked_entry
left join objection_version_seen v on v.version = r.version
where i.log_index is not null and v.version is null;
