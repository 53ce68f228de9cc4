"""Runs and cancels by what people write into DAGs. Prints "all done" at the end."""
import asyncio
import json
import os
import sys
import tempfile
import time

at = json.loads(sys.argv[1])
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp()
os.environ["AIRFLOW_CONN_SLUICE"] = json.dumps(
    {
        "conn_type": "airbyte",
        "host": at["host"] + "/api/public/v1/",
        "login": at["client_id"],
        "password": at["client_secret"],
        "schema": at["host"] + "/api/public/v1/applications/token",
    }
)

from airflow.providers.airbyte.hooks.airbyte import AirbyteHook
from airflow.providers.airbyte.operators.airbyte import AirbyteTriggerSyncOperator
from airflow.providers.airbyte.sensors.airbyte import AirbyteJobSensor
from airflow.providers.airbyte.triggers.airbyte import AirbyteSyncTrigger

hook = AirbyteHook(airbyte_conn_id="sluice")
assert hook.test_connection() == (True, "Connection successfully tested"), hook.test_connection()

waits = AirbyteTriggerSyncOperator(
    task_id="waits", airbyte_conn_id="sluice", connection_id=at["quick"], wait_seconds=0.1, timeout=60
)
job = hook.get_job_details(waits.execute({}))
assert job.status == "succeeded" and job.rows_synced == 400, job

begins = AirbyteTriggerSyncOperator(
    task_id="begins", airbyte_conn_id="sluice", connection_id=at["quick"], asynchronous=True
)
begun = begins.execute({})
AirbyteJobSensor(
    task_id="sensor", airbyte_conn_id="sluice", airbyte_job_id=begun, poke_interval=0.1, timeout=60
).execute({})
assert hook.get_job_status(begun) == "succeeded"


async def first_event(job_id):
    trigger = AirbyteSyncTrigger(
        conn_id="sluice", job_id=job_id, end_time=time.time() + 60, execution_deadline=None, poll_interval=0.1
    )
    async for event in trigger.run():
        return event.payload


assert asyncio.run(first_event(begun))["status"] == "success"

endless = AirbyteTriggerSyncOperator(
    task_id="endless", airbyte_conn_id="sluice", connection_id=at["endless"], asynchronous=True
)
job_id = endless.execute({})
try:
    endless.execute({})
    raise AssertionError("a second run beside the first")
except Exception as refused:
    assert "already running" in str(refused), refused
endless.job_id = job_id
endless.on_kill()
event = asyncio.run(first_event(job_id))
assert event["status"] == "cancelled", event
try:
    AirbyteJobSensor(task_id="sees", airbyte_conn_id="sluice", airbyte_job_id=job_id, poke_interval=0.1).execute({})
    raise AssertionError("a sensor is content with a run that was cancelled")
except Exception as cancelled:
    assert "cancelled" in str(cancelled), cancelled
print("all done")
