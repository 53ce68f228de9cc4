"""Materialises and cancels by both generations of the library. Prints "all done" at the end."""
import json
import os
import sys
import tempfile
import time
import warnings

at = json.loads(sys.argv[1])
os.environ["DAGSTER_HOME"] = tempfile.mkdtemp()
os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
warnings.simplefilter("ignore")

import dagster
from dagster_airbyte import (
    AirbyteResource,
    AirbyteWorkspace,
    airbyte_assets,
    airbyte_sync_op,
    load_assets_from_airbyte_instance,
)

workspace = AirbyteWorkspace(
    rest_api_base_url=at["host"] + "/api/public/v1",
    configuration_api_base_url=at["host"] + "/api/v1",
    workspace_id=at["workspace"],
    client_id=at["client_id"],
    client_secret=at["client_secret"],
    poll_interval=0.1,
    poll_timeout=60,
    request_max_retries=0,
    max_items_per_page=1,
)
specs = workspace.load_asset_specs()
assert len(specs) == 2, specs
assert {spec.metadata["dagster-airbyte/connection_name"] for spec in specs} == {"quick", "endless"}, specs


@airbyte_assets(connection_id=at["quick"], workspace=workspace, name="quick")
def quick(context: dagster.AssetExecutionContext, airbyte: AirbyteWorkspace):
    yield from airbyte.sync_and_poll(context=context)


done = dagster.materialize([quick], resources={"airbyte": workspace})
assert done.success
materialised = done.get_asset_materialization_events()
assert len(materialised) == 1, materialised

client = workspace.get_client()
job = client.start_sync_job(at["endless"])
try:
    client.sync_and_poll(at["endless"])
    raise AssertionError("a second run beside the first")
except dagster.Failure as failure:
    assert "already running" in str(failure), failure
client.cancel_job(job["jobId"])


def ended(status):
    for _ in range(300):
        if status() not in ("pending", "running"):
            return status()
        time.sleep(0.1)
    raise AssertionError(status())


assert ended(lambda: client.get_job_details(job["jobId"])["status"]) == "cancelled"

older = AirbyteResource(
    host="127.0.0.1",
    port=at["port"],
    username=at["user"],
    password=at["password"],
    poll_interval=0.1,
    request_max_retries=0,
)
[assets] = [
    load_assets_from_airbyte_instance(older, connection_filter=lambda connection: connection.name == "quick")
]
found = assets.build_definitions(assets.compute_cacheable_data())
assert [sorted(key.path[-1] for key in each.keys) for each in found] == [["users"]], found
assert dagster.materialize(found).success

sync = airbyte_sync_op.configured({"connection_id": at["quick"], "poll_interval": 0.1}, name="sync")


@dagster.job(resource_defs={"airbyte": older})
def by_hand():
    sync()


output = by_hand.execute_in_process()
assert output.success
details = output.output_for_node("sync", "result").job_details
assert details["job"]["status"] == "succeeded", details
assert details["attempts"][-1]["attempt"]["recordsSynced"] == 400, details

job = older.start_sync(at["endless"])["job"]["id"]
older.cancel_job(job)
assert ended(lambda: older.get_job_status(at["endless"], job)["job"]["status"]) == "cancelled"
older.cancel_job(job)  # as the library does in its cleaning up, whatever happened
print("all done")
