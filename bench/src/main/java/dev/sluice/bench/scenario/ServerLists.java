package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.ServerUnderTest;
import dev.sluice.bench.result.Criterion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** What lists and statuses take in a large workspace. */
final class ServerLists implements Scenario {
    private static final int CONNECTIONS = 5_000;
    private static final int JOBS_EACH = 40;
    private static final int ASKED = 200;
    private static final double MOST_MILLIS = 50;

    @Override
    public String name() {
        return "server-lists";
    }

    @Override
    public String about() {
        return "Answers of a server with " + CONNECTIONS + " connections and " + CONNECTIONS * JOBS_EACH
                + " jobs, at the 95th percentile of " + ASKED + " requests each.";
    }

    @Override
    public Outcome run(Lab lab) {
        Path data = lab.work().resolve("lists-data");
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            lab.say("making " + CONNECTIONS + " connections");
            furnish(server);
            String first = ServerWorld.connectionIds(server).getFirst();
            server.post("/api/public/v1/jobs", Map.of("connectionId", first, "jobType", "sync"));
            ServerWorld.awaitQuiet(server, Duration.ofMinutes(2));
        }
        lab.say("making " + CONNECTIONS * JOBS_EACH + " jobs");
        multiply(data);
        List<Criterion> criteria = new ArrayList<>();
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            Random random = new Random(7);
            List<String> ids = ServerWorld.connectionIds(server);
            String jobs = "/api/public/v1/jobs?limit=20&workspaceIds=" + server.workspace();
            criteria.add(measured(
                    lab,
                    server,
                    "a page of connections",
                    i -> "/api/public/v1/connections?limit=20&offset=" + random.nextInt(CONNECTIONS - 20)));
            criteria.add(measured(lab, server, "the newest jobs", i -> jobs + "&orderBy=updatedAt%7CDESC"));
            criteria.add(measured(lab, server, "failed jobs", i -> jobs + "&status=failed"));
            criteria.add(measured(
                    lab,
                    server,
                    "the jobs of a connection",
                    i -> "/api/public/v1/jobs?limit=20&connectionId=" + ids.get(random.nextInt(ids.size()))));
            criteria.add(measured(
                    lab, server, "a job", i -> "/api/public/v1/jobs/" + (1 + random.nextInt(CONNECTIONS * JOBS_EACH))));
            criteria.add(measured(
                    lab,
                    server,
                    "the status of a connection",
                    i -> "/api/sluice/v1/connections/" + ids.get(random.nextInt(ids.size())) + "/status"));
        }
        return new Outcome(List.of(), criteria, List.of("one client, one request after the other"));
    }

    private static void furnish(ServerUnderTest server) {
        List<Map<String, Object>> sources = new ArrayList<>();
        List<Map<String, Object>> destinations = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sources.add(ServerWorld.source("source " + i, 10));
            destinations.add(ServerWorld.discard("destination " + i));
        }
        List<Map<String, Object>> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(ServerWorld.connection("connection " + i, "source " + i % 20, "destination " + i / 7 % 20));
        }
        server.apply(sources, destinations, connections);
    }

    /** Copies the one job that has run for every connection, forty times back in time; one in ten has failed. */
    private static void multiply(Path data) {
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + JOBS_EACH + ")";
        ServerWorld.change(
                data,
                "CREATE TEMP TABLE model AS SELECT * FROM job WHERE connection_id IS NOT NULL ORDER BY id DESC LIMIT 1",
                "INSERT INTO job (workspace_id, connection_id, kind, status, open, request, sync_id, cancel_wished,"
                    + " due_at, lease_token, lease_beat, failures, records, bytes, rejected, created_at, started_at,"
                    + " updated_at, ended_at) " + numbers
                        + " SELECT c.workspace_id, c.id, m.kind, CASE WHEN (c.rowid + i) % 10 = 0 THEN 'failed' ELSE"
                        + " m.status END, 0, m.request, m.sync_id, 0, m.due_at, m.lease_token, m.lease_beat,"
                        + " m.failures, m.records, m.bytes, m.rejected, m.created_at - i * 3600000000 - c.rowid,"
                        + " m.started_at - i * 3600000000, m.updated_at - i * 3600000000 + c.rowid, m.ended_at - i *"
                        + " 3600000000 FROM connection c, model m, n",
                "INSERT INTO attempt (job_id, number, status, snapshot, records, bytes, rejected, created_at,"
                        + " updated_at, ended_at) SELECT j.id, a.number, a.status, a.snapshot, a.records, a.bytes,"
                        + " a.rejected, j.created_at, j.updated_at, j.ended_at FROM job j, model m JOIN attempt a ON"
                        + " a.job_id = m.id WHERE j.connection_id IS NOT NULL AND j.id <> m.id",
                "ANALYZE");
    }

    private static Criterion measured(Lab lab, ServerUnderTest server, String what, IntFunction<String> path) {
        double[] millis = new double[ASKED];
        for (int i = -20; i < ASKED; i++) {
            String asked = path.apply(i);
            long begun = System.nanoTime();
            server.get(asked);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        double found = ServerWorld.percentile95(millis);
        lab.say(String.format(Locale.ROOT, "%s: %.1f ms", what, found));
        return new Criterion(what, found, MOST_MILLIS, "ms");
    }
}
