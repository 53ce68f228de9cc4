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
import java.util.Arrays;
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

    private static Connection open(Path data) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("store.db"));
    }

    /** The value below which 95 of 100 lie. */
    static double percentile95(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * 0.95) - 1)];
    }
}
