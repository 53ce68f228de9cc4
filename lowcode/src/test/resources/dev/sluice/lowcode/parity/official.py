"""Reads streams of manifests with the official low-code runner: one case a line in, one result a line out.

One process for all cases, because the runner alone takes seconds to be imported. It does not wait, only says how long it
would have waited.
"""

import contextlib
import io
import json
import logging
import os
import shutil
import sys
import tempfile
import time

results = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

waits = []
really_sleep = time.sleep


def sleep(seconds):
    # The thread that empties the buckets of call rates belongs to no read.
    if sys._getframe(1).f_globals["__name__"].startswith("pyrate_limiter"):
        really_sleep(seconds)
        return
    if seconds >= 0.3:
        waits.append(round(seconds, 1))
    really_sleep(min(seconds, 0.002))


time.sleep = sleep

files = tempfile.mkdtemp()
os.environ["AIRBYTE_STAGING_DIRECTORY"] = files

# The classes of connectors, which are no part of this project; who records their cases has them somewhere.
if os.environ.get("SLUICE_COMPONENTS"):
    sys.path.insert(0, os.environ["SLUICE_COMPONENTS"])

import yaml
from airbyte_cdk.models import AirbyteMessageSerializer, AirbyteStateMessageSerializer, ConfiguredAirbyteCatalogSerializer
from airbyte_cdk.sources.declarative import concurrent_declarative_source
from airbyte_cdk.sources.declarative.concurrent_declarative_source import ConcurrentDeclarativeSource

logging.disable(logging.CRITICAL)

# The schema of manifests is the same for all of them, and is slow to be read.
component_schema = concurrent_declarative_source.get_declarative_component_schema()
concurrent_declarative_source.get_declarative_component_schema = lambda: component_schema


def catalog(case):
    mode = "incremental" if case["incremental"] else "full_refresh"
    stream = {
        "stream": {
            "name": case["stream"],
            "json_schema": case.get("schema", {}),
            "supported_sync_modes": ["full_refresh", "incremental"],
        },
        "sync_mode": mode,
        "destination_sync_mode": "append",
    }
    return ConfiguredAirbyteCatalogSerializer.load({"streams": [stream]})


def states(case):
    if case.get("state") is None:
        return []
    descriptor = {"name": case["stream"]}
    state = {"type": "STREAM", "stream": {"stream_descriptor": descriptor, "stream_state": case["state"]}}
    return [AirbyteStateMessageSerializer.load(state)]


def read(case, result):
    manifest = yaml.safe_load(case["manifest"])
    wanted = catalog(case)
    state = states(case)
    source = ConcurrentDeclarativeSource(
        catalog=wanted, config=case["config"], state=state, source_config=manifest
    )
    for message in source.read(logging.getLogger("airbyte"), case["config"], wanted, state):
        if message.record:
            data = dict(message.record.data)
            if message.record.file_reference:
                data["file_reference"] = {
                    "source_file_relative_path": message.record.file_reference.source_file_relative_path,
                    "file_size_bytes": message.record.file_reference.file_size_bytes,
                }
            result["records"].append(data)
            continue
        plain = AirbyteMessageSerializer.dump(message)
        kind = plain["type"]
        if kind == "STATE":
            result["state"] = plain["state"]["stream"]["stream_state"]
        elif kind == "TRACE" and plain["trace"]["type"] == "ERROR":
            error = plain["trace"]["error"]
            result["errors"].append(str(error.get("message")) + " | " + str(error.get("internal_message")))


for line in sys.stdin:
    case = json.loads(line)
    waits.clear()
    result = {"records": [], "state": None, "config": None, "errors": []}
    with tempfile.TemporaryDirectory() as cache:
        os.environ["REQUEST_CACHE_PATH"] = cache
        try:
            # Configurations that change are printed, not given back.
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                read(case, result)
            for text in printed.getvalue().splitlines():
                if '"CONNECTOR_CONFIG"' in text:
                    result["config"] = json.loads(text)["control"]["connectorConfig"]["config"]
        except Exception as problem:
            result["errors"].append(type(problem).__name__ + ": " + str(problem))
    result["waits"] = sorted(waits)
    results.write(json.dumps(result, default=str) + "\n")
    results.flush()

shutil.rmtree(files, ignore_errors=True)
os._exit(0)
