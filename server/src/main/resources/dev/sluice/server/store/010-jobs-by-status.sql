-- Lists of jobs by their status: among many that succeeded nobody looks through all for the few that did not.
CREATE INDEX job_by_status ON job (workspace_id, status, created_at, id);
