-- What is wrong with connections until it is right again; at most one open row of a connection and a kind.
CREATE TABLE alert (
    id ${id} PRIMARY KEY,
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    kind TEXT NOT NULL,
    job_id ${long},
    code TEXT,
    message TEXT,
    amount ${long},
    opened_at ${long} NOT NULL,
    last_at ${long} NOT NULL,
    times ${long} NOT NULL,
    acknowledged_by TEXT,
    acknowledged_at ${long},
    snoozed_until ${long},
    resolved_at ${long}
) ${strict};
CREATE UNIQUE INDEX alert_open ON alert (connection_id, kind) WHERE resolved_at IS NULL;
CREATE INDEX alert_resolved ON alert (resolved_at);
