-- What the engine remembers of connections. A stream without a namespace has an empty one. The numbers of rejected records
-- and of syncs may come from a terminal whose connection was brought here.

CREATE TABLE stream_state (
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    generation ${long} NOT NULL,
    last_sync_id ${long} NOT NULL,
    position_identity TEXT,
    position_value TEXT,
    read_sync_id ${long},
    read_from_identity TEXT,
    read_from_value TEXT,
    read_shape TEXT,
    read_token TEXT,
    read_end_identity TEXT,
    read_end_value TEXT,
    refresh TEXT,
    PRIMARY KEY (connection_id, namespace, name)
) ${strict};

CREATE TABLE split_state (
    connection_id ${id} NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    split TEXT NOT NULL,
    place ${long} NOT NULL,
    payload TEXT NOT NULL,
    estimated_rows ${long} NOT NULL,
    estimated_bytes ${long} NOT NULL,
    position TEXT,
    finished ${flag},
    row_count ${long},
    PRIMARY KEY (connection_id, namespace, name, split),
    FOREIGN KEY (connection_id, namespace, name) REFERENCES stream_state ON DELETE CASCADE
) ${strict};

-- How a stream was when its table was last made.
CREATE TABLE known_stream (
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (connection_id, namespace, name)
) ${strict};

-- How often the attempts at a stream have failed in a job.
CREATE TABLE stream_failure (
    job_id ${long} NOT NULL REFERENCES job ON DELETE CASCADE,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    complete_in_row ${long} NOT NULL,
    complete_in_all ${long} NOT NULL,
    partial_in_row ${long} NOT NULL,
    partial_in_all ${long} NOT NULL,
    PRIMARY KEY (job_id, namespace, name)
) ${strict};

-- Records that were rejected. They count together with the commit of their part; a row without the original stands for
-- several that were counted and not kept.
CREATE TABLE rejected (
    id ${serial},
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    sync_id ${long} NOT NULL,
    read_id ${long} NOT NULL,
    generation ${long} NOT NULL,
    split TEXT NOT NULL,
    state TEXT NOT NULL,
    mark TEXT,
    claimed_by ${long},
    records ${long} NOT NULL,
    place TEXT NOT NULL,
    code TEXT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    form TEXT NOT NULL,
    origin TEXT NOT NULL,
    original ${bytes},
    size ${long} NOT NULL,
    rejected_at ${long} NOT NULL
) ${strict};
CREATE INDEX rejected_part ON rejected (connection_id, namespace, name, state, read_id, split);
CREATE INDEX rejected_run ON rejected (connection_id, sync_id);
CREATE INDEX rejected_age ON rejected (rejected_at);
CREATE UNIQUE INDEX rejected_counted
    ON rejected (connection_id, namespace, name, sync_id, read_id, split, code, field)
    WHERE original IS NULL AND state = 'pending';
