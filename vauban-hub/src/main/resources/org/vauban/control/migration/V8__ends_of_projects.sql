-- The end of a project space: somebody asks for its destruction, somebody else decides it, and then its keys are destroyed. Each of the
-- three is seen once its entry is in the log.

create table destruction (
    project         text   primary key,
    asked           text   not null,
    asked_by        text   not null references account (id),
    asked_entry     bigint not null references journal_entry (id),
    decided         text,
    decided_by      text   references account (id),
    decided_entry   bigint references journal_entry (id),
    destroyed       text,
    certificate     text,
    destroyed_entry bigint references journal_entry (id)
);

create view destruction_seen as
select d.project, d.asked, d.asked_by,
       case when j.log_index is null then null else d.decided end as decided,
       case when j.log_index is null then null else d.decided_by end as decided_by,
       j.log_index as decided_index,
       case when k.log_index is null then null else d.destroyed end as destroyed,
       case when k.log_index is null then null else d.certificate end as certificate
from destruction d
join journal_entry i on i.id = d.asked_entry
left join journal_entry j on j.id = d.decided_entry
left join journal_entry k on k.id = d.destroyed_entry
where i.log_index is not null;
