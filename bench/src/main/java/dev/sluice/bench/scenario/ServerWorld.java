package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.ServerUnderTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** What the scenarios about the server share: a world of small connections, and looks into its store once it has stopped. */
final class ServerWorld {
    private static final Duration LOOK = Duration.ofMillis(250);

    private ServerWorld() {}

    static Map<String, Object> source(String name, long count) {
        return Map.of("name", name, "connector", "sample", "configuration", Map.of("count", count));
    }

    static Map<String, Object> discard(String name) {
        return Map.of("name", name, "connector", "discard", "configuration", Map.of());
    }

    /** A connection that runs when it is asked to. */
    static Map<String, Object> connection(String name, String source, String destination) {
        return Map.of(
                "name",
                name,
                "source",
                source,
                "destination",
                destination,
                "streams",
                List.of(Map.of("pattern", "users", "syncMode", "full_refresh_append")));
    }

    /** A connection that also runs at times of the calendar. */
    static Map<String, Object> connection(String name, String source, String destination, String cron) {
        Map<String, Object> connection = new LinkedHashMap<>(connection(name, source, destination));
        connection.put("schedule", Map.of("cron", cron));
        return connection;
    }

    /** The ids of the connections, as many as there are. */
    static List<String> connectionIds(ServerUnderTest server) {
        List<String> ids = new ArrayList<>();
        List<String> page;
        do {
            page = values(server.get("/api/public/v1/connections?limit=100&offset=" + ids.size()), "connectionId");
            ids.addAll(page);
        } while (page.size() == 100);
        return ids;
    }

    static List<String> values(String json, String name) {
        return Pattern.compile("\"" + name + "\":\"?([^\",}]+)")
                .matcher(json)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Waits until no job is open. */
    static void awaitQuiet(ServerUnderTest server, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        String url = "/api/public/v1/jobs?limit=1&workspaceIds=" + server.workspace() + "&status=";
        while (!values(
                        server.get(url + "pending") + server.get(url + "running") + server.get(url + "incomplete"),
                        "jobId")
                .isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("there are open jobs after " + patience.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** A number out of the store of a server that has stopped. */
    static double number(Path data, String query) {
        try (Connection store = open(data);
                Statement statement = store.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getDouble(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Changes the store of a server that has stopped. */
    static void change(Path data, String... statements) {
        try (Connection store = open(data);
                Statement statement = store.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * Copies the newest job of a connection back in time, an hour each, for every connection; one in ten has failed. The
     * server has stopped.
     */
    static void multiply(Path data, int jobsEach) {
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + jobsEach + ")";
        change(
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

    private static Connection open(Path data) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("store.db"));
    }
}
