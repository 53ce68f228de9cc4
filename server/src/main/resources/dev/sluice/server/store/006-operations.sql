-- What changed lately, for whoever watches a workspace live.
CREATE INDEX connection_by_change ON connection (workspace_id, updated_at, id);
