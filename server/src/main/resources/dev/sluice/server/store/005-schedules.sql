-- What db-scheduler keeps of what is due, in its own words. Times are those of the driver here, and of nobody else.

CREATE TABLE scheduled_task (
    task_name TEXT NOT NULL,
    task_instance TEXT NOT NULL,
    task_data ${bytes},
    execution_time ${moment} NOT NULL,
    picked ${flag} NOT NULL,
    picked_by TEXT,
    last_success ${moment},
    last_failure ${moment},
    consecutive_failures ${long},
    last_heartbeat ${moment},
    version ${long} NOT NULL,
    PRIMARY KEY (task_name, task_instance)
) ${strict};
CREATE INDEX scheduled_task_due ON scheduled_task (execution_time);
CREATE INDEX scheduled_task_beat ON scheduled_task (last_heartbeat);
