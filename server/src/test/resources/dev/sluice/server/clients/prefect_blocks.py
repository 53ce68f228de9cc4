"""Triggers, waits and cancels by blocks, by the flow and by the task. Prints "all done" at the end."""
import json
import os
import sys
import tempfile
import threading
import time
import warnings

at = json.loads(sys.argv[1])
os.environ["PREFECT_HOME"] = tempfile.mkdtemp()
os.environ["DO_NOT_TRACK"] = "1"
warnings.simplefilter("ignore")

import httpx
from prefect import flow
from prefect_airbyte import AirbyteConnection, AirbyteServer
from prefect_airbyte.connections import trigger_sync
from prefect_airbyte.exceptions import AirbyteSyncJobFailed
from prefect_airbyte.flows import run_connection_sync

server = AirbyteServer(
    username=at["user"], password=at["password"], server_host="127.0.0.1", server_port=int(at["port"])
)
quick = AirbyteConnection(airbyte_server=server, connection_id=at["quick"], poll_interval_s=1, status_updates=True)


@flow
async def everything():
    by_flow = await run_connection_sync(quick)
    assert by_flow.job_status == "succeeded" and by_flow.records_synced == 400, by_flow
    by_task = await trigger_sync(
        connection_id=at["quick"],
        airbyte_server=server,
        poll_interval_s=1,
    )
    assert by_task["job_status"] == "succeeded", by_task


import asyncio

asyncio.run(everything())

endless = AirbyteConnection(airbyte_server=server, connection_id=at["endless"], poll_interval_s=1)
job = endless.trigger()


def cancel():
    response = httpx.post(
        at["host"] + "/api/v1/jobs/cancel/", json={"id": job.job_id}, auth=(at["user"], at["password"])
    )
    response.raise_for_status()


threading.Timer(0.5, cancel).start()
try:
    job.wait_for_completion()
    raise AssertionError("content with a run that was cancelled")
except AirbyteSyncJobFailed as failure:
    assert "cancelled" in str(failure), failure
assert job.fetch_result().job_status == "cancelled"
print("all done")
