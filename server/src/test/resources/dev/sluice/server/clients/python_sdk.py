"""Drives a server by the SDK as it is published: set up, run, wait, cancel, delete. Prints "all done" at the end."""
import json
import sys
import time

import airbyte_api
from airbyte_api import api, models

at = json.loads(sys.argv[1])
sdk = airbyte_api.AirbyteAPI(
    server_url=at["host"] + "/api/public/v1",
    security=models.Security(
        client_credentials=models.SchemeClientCredentials(
            client_id=at["client_id"],
            client_secret=at["client_secret"],
            token_url=at["host"] + "/applications/token",
        )
    ),
)

workspace = sdk.workspaces.list_workspaces(request=api.ListWorkspacesRequest()).workspaces_response.data[0]
source = sdk.sources.create_source(
    request=models.SourceCreateRequest(
        name="Sample", workspace_id=workspace.workspace_id, definition_id=at["source_definition"], configuration={"count": 400}
    )
).source_response
destination = sdk.destinations.create_destination(
    request=models.DestinationCreateRequest(
        name="Lake",
        workspace_id=workspace.workspace_id,
        definition_id=at["destination_definition"],
        configuration={"path": at["database"]},
    )
).destination_response
assert sdk.sources.get_source(request=api.GetSourceRequest(source_id=source.source_id)).source_response.name == "Sample"

streams = sdk.streams.get_stream_properties(
    request=api.GetStreamPropertiesRequest(source_id=source.source_id, destination_id=destination.destination_id)
).stream_properties_response
names = [stream.stream_name for stream in streams]
assert "users" in names, names
connection = sdk.connections.create_connection(
    request=models.ConnectionCreateRequest(
        source_id=source.source_id,
        destination_id=destination.destination_id,
        name="By the SDK",
        configurations=models.StreamConfigurations(
            streams=[
                models.StreamConfiguration(
                    name="users", sync_mode=models.ConnectionSyncModeEnum.FULL_REFRESH_OVERWRITE
                )
            ]
        ),
    )
).connection_response
patched = sdk.connections.patch_connection(
    request=api.PatchConnectionRequest(
        connection_id=connection.connection_id,
        connection_patch_request=models.ConnectionPatchRequest(prefix="sdk_"),
    )
).connection_response
assert patched.prefix == "sdk_" and patched.name == "By the SDK", patched


def run():
    return sdk.jobs.create_job(
        request=models.JobCreateRequest(connection_id=connection.connection_id, job_type=models.JobTypeEnum.SYNC)
    ).job_response


def ended(job):
    for _ in range(300):
        job = sdk.jobs.get_job(request=api.GetJobRequest(job_id=job.job_id)).job_response
        if job.status not in (models.JobStatusEnum.PENDING, models.JobStatusEnum.RUNNING):
            return job
        time.sleep(0.1)
    raise AssertionError(job)


first = ended(run())
assert first.status == models.JobStatusEnum.SUCCEEDED and first.rows_synced == 400, first
second = run()
try:
    sdk.jobs.cancel_job(request=api.CancelJobRequest(job_id=second.job_id))
    assert ended(second).status in (models.JobStatusEnum.CANCELLED, models.JobStatusEnum.SUCCEEDED)
except airbyte_api.models.SDKError as failure:
    assert failure.status_code == 409, failure  # it was faster
jobs = sdk.jobs.list_jobs(
    request=api.ListJobsRequest(connection_id=connection.connection_id, order_by="createdAt|DESC")
).jobs_response.data
assert [job.job_id for job in jobs] == [second.job_id, first.job_id], jobs
deleted = sdk.connections.delete_connection(request=api.DeleteConnectionRequest(connection_id=connection.connection_id))
assert deleted.status_code == 204, deleted
print("all done")
