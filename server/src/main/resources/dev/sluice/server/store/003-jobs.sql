-- What runs and what ran.

-- The connection is set for runs that move data, of which one at a time is open; checks and discoveries have the actor, or
-- neither while it is not saved. The lease says which process works on it: whoever takes it over counts the token up, and
-- everything that the run writes names its token. Sync id: the number that its rows carry.
CREATE TABLE job (
    id ${serial},
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    connection_id ${id} REFERENCES connection ON DELETE CASCADE,
    actor_id ${id} REFERENCES actor ON DELETE CASCADE,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    open ${flag} NOT NULL,
    started_by ${id},
    request ${json} NOT NULL,
    sync_id ${long},
    cancel_wished ${flag} NOT NULL,
    due_at ${long} NOT NULL,
    lease_owner ${id},
    lease_token ${long} NOT NULL,
    lease_beat ${long} NOT NULL,
    failures ${json} NOT NULL,
    records ${long} NOT NULL,
    bytes ${long} NOT NULL,
    rejected ${long} NOT NULL,
    created_at ${long} NOT NULL,
    started_at ${long},
    updated_at ${long} NOT NULL,
    ended_at ${long}
) ${strict};
CREATE UNIQUE INDEX job_open ON job (connection_id) WHERE open AND connection_id IS NOT NULL;
CREATE INDEX job_waiting ON job (due_at, id) WHERE open;
CREATE INDEX job_of_connection ON job (connection_id, id);
CREATE INDEX job_of_actor ON job (actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX job_by_age ON job (workspace_id, created_at, id);
CREATE INDEX job_by_change ON job (workspace_id, updated_at, id);
CREATE INDEX job_ended ON job (ended_at) WHERE NOT open;

CREATE TABLE attempt (
    job_id ${long} NOT NULL REFERENCES job ON DELETE CASCADE,
    number ${long} NOT NULL,
    status TEXT NOT NULL,
    server_id ${id},
    snapshot ${json} NOT NULL,
    failure ${json},
    records ${long} NOT NULL,
    bytes ${long} NOT NULL,
    rejected ${long} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    ended_at ${long},
    PRIMARY KEY (job_id, number)
) ${strict};

-- What an attempt did to a stream. The names are copied: streams come and go.
CREATE TABLE attempt_stream (
    job_id ${long} NOT NULL,
    attempt ${long} NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    records_read ${long} NOT NULL,
    bytes_read ${long} NOT NULL,
    records_committed ${long} NOT NULL,
    bytes_committed ${long} NOT NULL,
    records_filtered ${long} NOT NULL,
    records_rejected ${long} NOT NULL,
    records_estimated ${long},
    bytes_estimated ${long},
    problem ${json},
    details ${json} NOT NULL,
    started_at ${long},
    ended_at ${long},
    PRIMARY KEY (job_id, attempt, namespace, name),
    FOREIGN KEY (job_id, attempt) REFERENCES attempt ON DELETE CASCADE
) ${strict};

-- The log of an attempt in pieces of compressed lines.
CREATE TABLE attempt_log (
    job_id ${long} NOT NULL,
    attempt ${long} NOT NULL,
    piece ${long} NOT NULL,
    line_count ${long} NOT NULL,
    first_at ${long} NOT NULL,
    content ${bytes} NOT NULL,
    PRIMARY KEY (job_id, attempt, piece),
    FOREIGN KEY (job_id, attempt) REFERENCES attempt ON DELETE CASCADE
) ${strict};

-- What lists and status pages show of a connection, kept by the transactions that change jobs: nobody searches the jobs.
CREATE TABLE connection_summary (
    connection_id ${id} PRIMARY KEY REFERENCES connection ON DELETE CASCADE,
    workspace_id ${id} NOT NULL,
    shown_status TEXT NOT NULL,
    open_job_id ${long},
    last_job_id ${long},
    last_job_status TEXT,
    last_job_at ${long},
    last_success_at ${long},
    failed_in_row ${long} NOT NULL,
    failing_since ${long},
    warned_at ${long},
    next_run_at ${long}
) ${strict};
CREATE INDEX summary_by_status ON connection_summary (workspace_id, shown_status);
CREATE INDEX summary_by_last_job ON connection_summary (workspace_id, last_job_at, connection_id);

-- How a stream of a connection is, as its last run left it.
CREATE TABLE stream_status (
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    run_state TEXT NOT NULL,
    cause TEXT,
    job_id ${long},
    attempt ${long},
    cleared ${flag} NOT NULL,
    succeeded_at ${long},
    records_last ${long},
    rate_limited_until ${long},
    changed_at ${long} NOT NULL,
    PRIMARY KEY (connection_id, namespace, name)
) ${strict};

-- The timeline of a connection.
CREATE TABLE event (
    id ${id} PRIMARY KEY,
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    kind TEXT NOT NULL,
    job_id ${long},
    account_id ${id},
    account_name TEXT,
    summary ${json} NOT NULL,
    at ${long} NOT NULL
) ${strict};
CREATE INDEX event_of_connection ON event (connection_id, at, id);
CREATE INDEX event_time ON event (at);

-- Messages that still have to be sent, written together with what they tell about.
CREATE TABLE message (
    id ${id} PRIMARY KEY,
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    connection_id ${id},
    job_id ${long},
    occasion TEXT NOT NULL,
    channel TEXT NOT NULL,
    content ${json} NOT NULL,
    tries ${long} NOT NULL,
    due_at ${long} NOT NULL,
    sent_at ${long},
    problem TEXT,
    created_at ${long} NOT NULL
) ${strict};
CREATE INDEX message_due ON message (due_at) WHERE sent_at IS NULL;
CREATE INDEX message_of_workspace ON message (workspace_id, created_at);
