-- What is set up: definitions of connectors, sources and destinations made from them, and connections between these.

-- Workspace null: for all. Origin: builtin, image, command, pypi, npm, manifest.
CREATE TABLE definition (
    id ${id} PRIMARY KEY,
    workspace_id ${id} REFERENCES workspace ON DELETE CASCADE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    support_level TEXT NOT NULL,
    documentation_url TEXT,
    icon_url TEXT,
    details ${json} NOT NULL,
    default_number ${long} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    deleted_at ${long},
    version ${long} NOT NULL
) ${strict};
CREATE INDEX definition_of_workspace ON definition (workspace_id, kind, name);

-- What a version runs (reference: image and tag, package and version, a command, the name of a plug-in; or the manifest).
CREATE TABLE definition_version (
    definition_id ${id} NOT NULL REFERENCES definition ON DELETE CASCADE,
    number ${long} NOT NULL,
    label TEXT NOT NULL,
    reference ${json} NOT NULL,
    spec ${json},
    support_state TEXT NOT NULL,
    created_at ${long} NOT NULL,
    PRIMARY KEY (definition_id, number)
) ${strict};
CREATE UNIQUE INDEX definition_version_label ON definition_version (definition_id, label);

-- Sources and destinations. Secrets are references in the configuration. Pinned: a number of definition_version.
CREATE TABLE actor (
    id ${id} PRIMARY KEY,
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    kind TEXT NOT NULL,
    definition_id ${id} NOT NULL REFERENCES definition,
    pinned_number ${long},
    name TEXT NOT NULL,
    configuration ${json} NOT NULL,
    configuration_hash TEXT NOT NULL,
    resources ${json},
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    deleted_at ${long},
    version ${long} NOT NULL
) ${strict};
CREATE INDEX actor_by_age ON actor (workspace_id, kind, created_at, id);
CREATE INDEX actor_by_name ON actor (workspace_id, kind, name, id);
CREATE INDEX actor_of_definition ON actor (definition_id);

-- What a source (or a data-activation destination) offered when it was asked.
CREATE TABLE catalog (
    id ${id} PRIMARY KEY,
    actor_id ${id} NOT NULL REFERENCES actor ON DELETE CASCADE,
    definition_number ${long} NOT NULL,
    configuration_hash TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    content ${json} NOT NULL,
    discovered_at ${long} NOT NULL
) ${strict};
CREATE INDEX catalog_of_actor ON catalog (actor_id, discovered_at);

CREATE TABLE tag (
    id ${id} PRIMARY KEY,
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    created_at ${long} NOT NULL,
    UNIQUE (workspace_id, name)
) ${strict};

-- Settings: what is neither searched nor sorted by.
CREATE TABLE connection (
    id ${id} PRIMARY KEY,
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    source_id ${id} NOT NULL REFERENCES actor ON DELETE CASCADE,
    destination_id ${id} NOT NULL REFERENCES actor ON DELETE CASCADE,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT,
    schedule_type TEXT NOT NULL,
    schedule_every ${long},
    schedule_unit TEXT,
    schedule_cron TEXT,
    schedule_zone TEXT,
    namespace_definition TEXT NOT NULL,
    namespace_format TEXT,
    prefix TEXT NOT NULL,
    schema_changes TEXT NOT NULL,
    backfill ${flag} NOT NULL,
    notify_schema_changes ${flag} NOT NULL,
    breaking_change ${flag} NOT NULL,
    source_catalog_id ${id} REFERENCES catalog ON DELETE SET NULL,
    destination_catalog_id ${id} REFERENCES catalog ON DELETE SET NULL,
    settings ${json} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    deleted_at ${long},
    version ${long} NOT NULL
) ${strict};
CREATE INDEX connection_by_age ON connection (workspace_id, created_at, id);
CREATE INDEX connection_by_name ON connection (workspace_id, name, id);
CREATE INDEX connection_of_source ON connection (source_id);
CREATE INDEX connection_of_destination ON connection (destination_id);
CREATE INDEX connection_with_source_catalog ON connection (source_catalog_id);
CREATE INDEX connection_with_destination_catalog ON connection (destination_catalog_id);

CREATE TABLE connection_tag (
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    tag_id ${id} NOT NULL REFERENCES tag ON DELETE CASCADE,
    PRIMARY KEY (connection_id, tag_id)
) ${strict};
CREATE INDEX connection_with_tag ON connection_tag (tag_id, connection_id);

-- A stream without a namespace has an empty one.
CREATE TABLE connection_stream (
    connection_id ${id} NOT NULL REFERENCES connection ON DELETE CASCADE,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    place ${long} NOT NULL,
    selected ${flag} NOT NULL,
    sync_mode TEXT NOT NULL,
    settings ${json} NOT NULL,
    PRIMARY KEY (connection_id, namespace, name)
) ${strict};

-- What somebody has begun to set up and not finished.
CREATE TABLE draft (
    id ${id} PRIMARY KEY,
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    account_id ${id} REFERENCES account ON DELETE CASCADE,
    kind TEXT NOT NULL,
    content ${json} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    version ${long} NOT NULL
) ${strict};
CREATE INDEX draft_of_workspace ON draft (workspace_id, updated_at);
CREATE INDEX draft_of_account ON draft (account_id);
