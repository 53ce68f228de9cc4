-- Who works here, and in which rooms: organisations, workspaces, people, what they may do, and what they did.
-- ${id}, ${long}, ${flag}, ${json}, ${bytes} and ${serial} are the types as the database calls them; times are
-- microseconds since 1970 in UTC.

CREATE TABLE organization (
    id ${id} PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    deleted_at ${long},
    version ${long} NOT NULL
) ${strict};

CREATE TABLE workspace (
    id ${id} PRIMARY KEY,
    organization_id ${id} NOT NULL REFERENCES organization,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    email TEXT,
    notifications ${json} NOT NULL,
    settings ${json} NOT NULL,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    deleted_at ${long},
    version ${long} NOT NULL
) ${strict};
CREATE INDEX workspace_of_organization ON workspace (organization_id, created_at, id);

CREATE TABLE account (
    id ${id} PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    password_hash TEXT,
    created_at ${long} NOT NULL,
    updated_at ${long} NOT NULL,
    seen_at ${long},
    version ${long} NOT NULL
) ${strict};
CREATE UNIQUE INDEX account_email ON account (lower(email));

-- How somebody else who signs people in knows an account.
CREATE TABLE account_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id ${id} NOT NULL REFERENCES account ON DELETE CASCADE,
    created_at ${long} NOT NULL,
    PRIMARY KEY (issuer, subject)
) ${strict};
CREATE INDEX identity_of_account ON account_identity (account_id);

-- A role of an account: in a workspace, in an organisation, or, where both are null, everywhere.
CREATE TABLE permission (
    id ${id} PRIMARY KEY,
    account_id ${id} NOT NULL REFERENCES account ON DELETE CASCADE,
    role TEXT NOT NULL,
    organization_id ${id} REFERENCES organization ON DELETE CASCADE,
    workspace_id ${id} REFERENCES workspace ON DELETE CASCADE,
    created_at ${long} NOT NULL,
    CHECK (organization_id IS NULL OR workspace_id IS NULL)
) ${strict};
CREATE UNIQUE INDEX permission_in_workspace ON permission (account_id, workspace_id) WHERE workspace_id IS NOT NULL;
CREATE UNIQUE INDEX permission_in_organization ON permission (account_id, organization_id)
    WHERE organization_id IS NOT NULL;
CREATE UNIQUE INDEX permission_everywhere ON permission (account_id)
    WHERE organization_id IS NULL AND workspace_id IS NULL;
CREATE INDEX permission_of_workspace ON permission (workspace_id);
CREATE INDEX permission_of_organization ON permission (organization_id);

-- A program that acts for an account. Its secret is kept as a hash; the hint tells people which one it is.
CREATE TABLE application (
    id ${id} PRIMARY KEY,
    account_id ${id} NOT NULL REFERENCES account ON DELETE CASCADE,
    name TEXT NOT NULL,
    client_id TEXT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL,
    secret_hint TEXT NOT NULL,
    created_at ${long} NOT NULL,
    used_at ${long}
) ${strict};
CREATE INDEX application_of_account ON application (account_id, created_at);

-- Whoever shows the token acts for the account, within the scopes, until it expires: sessions of the page, answers of the
-- token endpoint and long-lived tokens alike.
CREATE TABLE token (
    token_hash TEXT PRIMARY KEY,
    id ${id} NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    account_id ${id} NOT NULL REFERENCES account ON DELETE CASCADE,
    application_id ${id} REFERENCES application ON DELETE CASCADE,
    name TEXT NOT NULL,
    scopes ${json} NOT NULL,
    created_at ${long} NOT NULL,
    expires_at ${long} NOT NULL,
    used_at ${long}
) ${strict};
CREATE INDEX token_of_account ON token (account_id, kind, created_at);
CREATE INDEX token_of_application ON token (application_id);
CREATE INDEX token_expiry ON token (expires_at);

-- What is secret in configurations, encrypted; configurations hold the id. The owner is an actor, a connection's mapper
-- or a workspace's notification; without one it expires.
CREATE TABLE secret (
    id ${id} PRIMARY KEY,
    workspace_id ${id} NOT NULL REFERENCES workspace ON DELETE CASCADE,
    owner_id ${id},
    cipher_text ${bytes} NOT NULL,
    created_at ${long} NOT NULL,
    expires_at ${long}
) ${strict};
CREATE INDEX secret_of_owner ON secret (owner_id);
CREATE INDEX secret_of_workspace ON secret (workspace_id);
CREATE INDEX secret_expiry ON secret (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE audit_log (
    id ${serial},
    at ${long} NOT NULL,
    organization_id ${id},
    workspace_id ${id},
    account_id ${id},
    account_name TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    operation TEXT NOT NULL,
    object_id TEXT,
    succeeded ${flag} NOT NULL,
    detail ${json} NOT NULL
) ${strict};
CREATE INDEX audit_of_organization ON audit_log (organization_id, at, id);
CREATE INDEX audit_of_workspace ON audit_log (workspace_id, at, id);
CREATE INDEX audit_of_account ON audit_log (account_id, at, id);
CREATE INDEX audit_time ON audit_log (at);

-- The processes that share the store. Each says from time to time that it lives, by another beat.
CREATE TABLE server (
    id ${id} PRIMARY KEY,
    name TEXT NOT NULL,
    release TEXT NOT NULL,
    started_at ${long} NOT NULL,
    beat ${long} NOT NULL
) ${strict};
