-- A browser's session ends when nobody uses it, and remembers when its password was last given. One of the command line has neither.

alter table session add column seen text;
alter table session add column proved text;
