-- Connectors that people build in a workspace: what they write, what they configure it with to try it out, how that went, and
-- the texts of what they have published.
CREATE TABLE builder_project (
    id ${id} PRIMARY KEY,
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    name TEXT NOT NULL,
    manifest TEXT NOT NULL,
    stream_count ${long} NOT NULL,
    changed_by TEXT NOT NULL,
    definition_id ${id} REFERENCES definition,
    published_print TEXT,
    spec ${json},
    testing_values ${json} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    version ${long} NOT NULL
) ${strict};
CREATE INDEX builder_project_of_workspace ON builder_project (workspace_id, name, id);
CREATE INDEX builder_project_of_definition ON builder_project (definition_id);

CREATE TABLE builder_version (
    definition_id ${id} NOT NULL REFERENCES definition,
    number ${long} NOT NULL,
    manifest TEXT NOT NULL,
    note TEXT NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (definition_id, number)
) ${strict};

CREATE TABLE builder_test (
    id ${id} PRIMARY KEY,
    project_id ${id} NOT NULL REFERENCES builder_project ON DELETE CASCADE,
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    stream TEXT NOT NULL,
    print TEXT NOT NULL,
    status TEXT NOT NULL,
    cancel_wished ${flag} NOT NULL,
    progress ${json} NOT NULL,
    outcome ${json},
    started_at ${long} NOT NULL,
    beat_at ${long} NOT NULL,
    ended_at ${long},
    result ${bytes},
    recording ${bytes}
) ${strict};
CREATE INDEX builder_test_of_stream ON builder_test (project_id, stream, started_at);
CREATE INDEX builder_test_running ON builder_test (workspace_id, status);
