package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.ServerUnderTest;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Statistics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** How long a server takes until it answers, and what it holds while nobody asks. */
final class ServerStart implements Scenario {
    private static final double MOST_SECONDS = 2;
    private static final double MOST_MIB = 250;
    private static final Duration IDLE = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "server-start";
    }

    @Override
    public String about() {
        return "`sluice server` from the start of its process to its first answer, and its resident memory when it is"
                + " idle.";
    }

    @Override
    public Outcome run(Lab lab) {
        Path data = lab.work().resolve("start-data");
        double[] seconds = new double[lab.settings().runs()];
        double first = start(lab, data);
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = start(lab, data);
            lab.say(String.format(Locale.ROOT, "start %d: %.2f s", i + 1, seconds[i]));
        }
        double resident;
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            LockSupport.parkNanos(IDLE.toNanos());
            resident = server.residentMib();
        }
        return new Outcome(
                List.of(),
                List.of(
                        new Criterion("start to the first answer", Statistics.median(seconds), MOST_SECONDS, "s"),
                        new Criterion("resident memory when idle", resident, MOST_MIB, "MiB")),
                List.of(String.format(Locale.ROOT, "the first start, which makes the store, took %.2f s", first)));
    }

    private static double start(Lab lab, Path data) {
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            return server.startSeconds();
        }
    }
}
