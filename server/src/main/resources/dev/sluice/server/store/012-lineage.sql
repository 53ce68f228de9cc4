-- Events of lineage that wait for their receiver, in their order.
CREATE TABLE lineage_event (
    id ${serial},
    event ${json} NOT NULL,
    tries ${long} NOT NULL,
    due_at ${long} NOT NULL
);
