-- What was made of a rejected record and refused by the destination, beside the record itself; and whether a file tells of it.

ALTER TABLE rejected ADD COLUMN mapped ${bytes};
ALTER TABLE rejected ADD COLUMN shelved ${long} NOT NULL DEFAULT 0;
CREATE INDEX rejected_unshelved ON rejected (connection_id, sync_id, namespace, name, id)
    WHERE shelved = 0 AND original IS NOT NULL;
