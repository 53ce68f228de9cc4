-- What is otherwise in the source of a connection than its tables know: one row a stream, until somebody or a run has
-- settled it. State: open, ignored, or applied (kept until a run finds nothing any more, so that it is told once).
-- Now: the stream as the source describes it; empty if it is gone.
CREATE TABLE schema_change (
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    breaking ${flag} NOT NULL,
    stopped ${flag} NOT NULL,
    details ${json} NOT NULL,
    now TEXT NOT NULL,
    job_id ${long},
    found_at ${long} NOT NULL,
    PRIMARY KEY (connection_id, namespace, name)
) ${strict};
