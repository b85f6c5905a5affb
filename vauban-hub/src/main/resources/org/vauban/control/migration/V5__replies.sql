-- What was answered to a write that carried an Idempotency-Key. A row without a body: the answer is not known.

create table reply (
    account      text not null references account (id),
    key_hash     text not null,
    request_hash text not null,
    body         text,
    at           text not null,
    primary key (account, key_hash)
);
