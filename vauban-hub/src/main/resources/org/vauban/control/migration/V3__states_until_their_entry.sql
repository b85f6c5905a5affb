-- A change of state is seen once its entry is in the log; until then the state before it is. A row that never had another one is not
-- seen at all, so nothing that was once acknowledged disappears while the log cannot be written.

alter table permit add column state_before text;
alter table output add column state_before text;

create view permit_seen as
select p.id, p.project, p.applicant, p.body, p.requested,
       case when j.log_index is null then p.state_before else p.state end as state
from permit p join journal_entry j on j.id = p.entry
where j.log_index is not null or p.state_before is not null;

create view output_seen as
select o.id, o.analysis, o.name, o.kind, o.verdict, o.digest,
       case when j.log_index is null then o.state_before else o.state end as state,
       (select count(*) from review r join journal_entry k on k.id = r.entry
        where r.output = o.id and r.decision = 'approved' and k.log_index is not null) as approvals
from output o join journal_entry j on j.id = o.entry
where j.log_index is not null or o.state_before is not null;
