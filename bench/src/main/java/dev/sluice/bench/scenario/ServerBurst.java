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

/** Many syncs that are wanted at the same time. */
final class ServerBurst implements Scenario {
    private static final int SYNCS = 200;
    private static final int ROWS = 1_000;

    @Override
    public String name() {
        return "server-burst";
    }

    @Override
    public String about() {
        return SYNCS + " small syncs that are wanted at once, in the usual heap of a server (1 GiB).";
    }

    @Override
    public Outcome run(Lab lab) {
        Path data = lab.work().resolve("burst-data");
        double seconds;
        double resident;
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            List<Map<String, Object>> destinations = new ArrayList<>();
            List<Map<String, Object>> connections = new ArrayList<>();
            for (int i = 0; i < SYNCS; i++) {
                Path file = lab.work().resolve("burst-" + i + ".sqlite");
                destinations.add(Map.of(
                        "name", "file " + i, "connector", "sqlite", "configuration", Map.of("path", file.toString())));
                connections.add(ServerWorld.connection("connection " + i, "people", "file " + i));
            }
            server.apply(List.of(ServerWorld.source("people", ROWS)), destinations, connections);
            lab.say("wanting " + SYNCS + " syncs");
            long begun = System.nanoTime();
            for (String id : ServerWorld.connectionIds(server)) {
                server.post("/api/public/v1/jobs", Map.of("connectionId", id, "jobType", "sync"));
            }
            ServerWorld.awaitQuiet(server, Duration.ofMinutes(10));
            seconds = (System.nanoTime() - begun) / 1e9;
            resident = server.residentMib();
        }
        String moved = "SELECT count(*) FROM job WHERE kind = 'sync' AND ";
        return new Outcome(
                List.of(),
                List.of(
                        Criterion.none(
                                "syncs that did not succeed",
                                SYNCS
                                        - (long) ServerWorld.number(
                                                data, moved + "status = 'succeeded' AND records = " + ROWS)),
                        Criterion.none("jobs that are still open", (long) ServerWorld.number(data, moved + "open"))),
                List.of(String.format(
                        Locale.ROOT,
                        "%d syncs of %d rows took %.1f s; the server then held %.0f MiB",
                        SYNCS,
                        ROWS,
                        seconds,
                        resident)));
    }
}
