package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.ServerUnderTest;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Measurement;
import dev.sluice.bench.result.Statistics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same sync by a server and by the terminal. */
final class ServerOverhead implements Scenario {
    private static final long LARGE = 10_000_000;
    private static final double MOST_RATIO = 1.05;
    private static final double MOST_SECONDS = 0.5;

    @Override
    public String name() {
        return "server-overhead";
    }

    @Override
    public String about() {
        return "A sync by a server, from the wish to the end of its job, beside `sluice run` of the same: " + LARGE
                + " rows (more than 1 GB), and none.";
    }

    @Override
    public Outcome run(Lab lab) {
        Path data = lab.work().resolve("overhead-data");
        double[] ratios = new double[lab.settings().runs()];
        double[] seconds = new double[ratios.length];
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            server.apply(
                    List.of(ServerWorld.source("large", LARGE), ServerWorld.source("empty", 0)),
                    List.of(ServerWorld.discard("nowhere")),
                    List.of(
                            ServerWorld.connection("large", "large", "nowhere"),
                            ServerWorld.connection("empty", "empty", "nowhere")));
            List<String> ids = ServerWorld.connectionIds(server);
            for (int i = -1; i < ratios.length; i++) {
                double terminal = terminal(lab, LARGE);
                double served = served(server, ids.get(0));
                double none = served(server, ids.get(1));
                lab.say(String.format(
                        Locale.ROOT,
                        "terminal %.2f s, server %.2f s, server with no rows %.2f s",
                        terminal,
                        served,
                        none));
                if (i >= 0) { // the first ones warm both up
                    ratios[i] = served / terminal;
                    seconds[i] = none;
                }
            }
        }
        return new Outcome(
                List.of(),
                List.of(
                        new Criterion("large sync against the terminal", Statistics.median(ratios), MOST_RATIO, "x"),
                        new Criterion("sync of no rows", Statistics.median(seconds), MOST_SECONDS, "s")),
                List.of("the time of the terminal has the start of its process in it"));
    }

    private static double terminal(Lab lab, long rows) {
        Measurement run = lab.measure(lab.sluice(
                List.of(
                        "run",
                        "--from",
                        "sample://?count=" + rows,
                        "--streams",
                        "users",
                        "--to",
                        "discard:",
                        "--mode",
                        "full_refresh_append"),
                "sluice run --from sample: --to discard:",
                () -> {},
                () -> {}));
        return run.wallSeconds();
    }

    private static double served(ServerUnderTest server, String connection) {
        long begun = System.nanoTime();
        server.post("/api/public/v1/jobs", Map.of("connectionId", connection, "jobType", "sync"));
        ServerWorld.awaitQuiet(server, Duration.ofMinutes(10));
        return (System.nanoTime() - begun) / 1e9;
    }
}
