-- When the key of an ended permit was destroyed at the custodian, so that nothing is lent under it again.
alter table permit add column cut text;
