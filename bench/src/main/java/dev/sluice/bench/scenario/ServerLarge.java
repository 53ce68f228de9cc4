package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.ServerUnderTest;
import dev.sluice.bench.result.Criterion;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A connection of ten thousand streams beside a million jobs: what the page of a connection and of jobs asks for. */
final class ServerLarge implements Scenario {
    private static final int STREAMS = 10_000;
    private static final int OTHERS = 1_000;
    private static final int JOBS_EACH = 1_000;
    private static final int ASKED = 60;
    private static final double MOST_MILLIS = 200;

    @Override
    public String name() {
        return "server-large";
    }

    @Override
    public String about() {
        return "Answers of a server with a connection of " + STREAMS + " streams and a history of "
                + (OTHERS + 1) * JOBS_EACH + " jobs, at the 95th percentile of " + ASKED + " requests each.";
    }

    @Override
    public Outcome run(Lab lab) {
        Path data = lab.work().resolve("large-data");
        Path tables = lab.work().resolve("tables.db");
        lab.say("making " + STREAMS + " tables");
        makeTables(tables);
        String large;
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            large = furnish(lab, server, tables);
        }
        lab.say("making " + (OTHERS + 1) * JOBS_EACH + " jobs");
        ServerWorld.multiply(data, JOBS_EACH);
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            return new Outcome(
                    List.of(), asked(lab, server, large), List.of("one client, one request after the other"));
        }
    }

    private static void makeTables(Path file) {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            for (int i = 0; i < STREAMS; i++) {
                statement.addBatch("CREATE TABLE table_" + i + " (id INTEGER PRIMARY KEY, name TEXT, changed_at TEXT)");
            }
            statement.executeBatch();
            database.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Makes the large connection and the others, and runs a small one of them last: its job is what gets copied. */
    private static String furnish(Lab lab, ServerUnderTest server, Path tables) {
        List<Map<String, Object>> connections = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            connections.add(ServerWorld.connection("connection " + i, "source", "destination"));
        }
        connections.add(Map.of(
                "name",
                "large",
                "source",
                "tables",
                "destination",
                "destination",
                "streams",
                List.of(Map.of("pattern", "*", "syncMode", "full_refresh_append"))));
        server.apply(
                List.of(
                        ServerWorld.source("source", 10),
                        Map.of(
                                "name",
                                "tables",
                                "connector",
                                "sqlite",
                                "configuration",
                                Map.of("path", tables.toString()))),
                List.of(ServerWorld.discard("destination")),
                connections);
        List<String> ids = ServerWorld.connectionIds(server);
        String large = ids.stream()
                .filter(id -> server.get("/api/public/v1/connections/" + id).contains("\"name\":\"large\""))
                .findFirst()
                .orElseThrow();
        lab.say("a sync of " + STREAMS + " streams");
        sync(server, large);
        sync(server, ids.stream().filter(id -> !id.equals(large)).findFirst().orElseThrow());
        return large;
    }

    private static void sync(ServerUnderTest server, String connection) {
        server.post("/api/public/v1/jobs", Map.of("connectionId", connection, "jobType", "sync"));
        ServerWorld.awaitQuiet(server, Duration.ofMinutes(10));
    }

    private static List<Criterion> asked(Lab lab, ServerUnderTest server, String large) {
        Random random = new Random(7);
        ServerAnswers answers = new ServerAnswers(lab, server, ASKED, MOST_MILLIS);
        String workspace = "/api/sluice/v1/workspaces/" + server.workspace();
        String connection = "/api/sluice/v1/connections/" + large;
        String source = ServerWorld.values(server.get("/api/public/v1/connections/" + large), "sourceId")
                .getFirst();
        String job = ServerWorld.values(server.get("/api/public/v1/jobs?limit=1&connectionId=" + large), "jobId")
                .getFirst();
        return List.of(
                answers.measured("a page of connections", i -> workspace + "/connections?limit=50"),
                answers.measured("counts of connections", i -> workspace + "/connections/counts"),
                answers.measured("the large connection", i -> "/api/public/v1/connections/" + large),
                answers.measured("its status with all streams", i -> connection + "/status"),
                answers.measured("its history", i -> connection + "/history"),
                answers.measured("its timeline", i -> connection + "/timeline"),
                answers.measured("its changes of schema", i -> connection + "/schema/changes"),
                answers.measured("the catalog of its source", i -> "/api/sluice/v1/sources/" + source + "/catalog"),
                answers.measured("streams of a job", i -> "/api/sluice/v1/jobs/" + job + "/streams?limit=100"),
                answers.measured("the summary of the workspace", i -> workspace + "/summary"),
                answers.measured("the newest jobs", i -> workspace + "/jobs?limit=50"),
                answers.measured("failed jobs", i -> workspace + "/jobs?limit=50&statuses=failed"),
                answers.measured(
                        "jobs far back", i -> workspace + "/jobs?limit=50&offset=" + random.nextInt(OTHERS * 900)),
                answers.measured("a job", i -> "/api/sluice/v1/jobs/" + (10 + random.nextInt(OTHERS * JOBS_EACH))));
    }
}
