package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.ServerUnderTest;
import dev.sluice.bench.result.Criterion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Many connections that are due in the same minute. */
final class ServerSchedule implements Scenario {
    private static final int CONNECTIONS = 1_000;
    private static final double MOST_SECONDS = 1;
    private static final Duration AHEAD = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "server-schedule";
    }

    @Override
    public String about() {
        return CONNECTIONS + " connections that are due in the same minute, at its seconds 0 to 59: how late their jobs"
                + " are wanted.";
    }

    @Override
    public Outcome run(Lab lab) {
        Path data = lab.work().resolve("schedule-data");
        ZonedDateTime due;
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            due = Instant.now().plus(AHEAD).atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
            List<Map<String, Object>> connections = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                String cron = i % 60 + " " + due.getMinute() + " " + due.getHour() + " * * ?";
                connections.add(ServerWorld.connection("c" + i, "people", "nowhere", cron));
            }
            server.apply(
                    List.of(ServerWorld.source("people", 1)), List.of(ServerWorld.discard("nowhere")), connections);
            if (Instant.now().isAfter(due.toInstant())) {
                throw new IllegalStateException("it took too long to make the connections; run it again");
            }
            lab.say("waiting for " + due.toLocalTime());
            Instant over = due.toInstant().plusSeconds(75);
            while (Instant.now().isBefore(over)) {
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            ServerWorld.awaitQuiet(server, Duration.ofMinutes(10));
        }
        long minute = due.toEpochSecond();
        String late = "FROM job j JOIN connection c ON c.id = j.connection_id WHERE j.kind = 'sync'";
        String delay = "j.created_at / 1000000.0 - (" + minute
                + " + CAST(substr(c.schedule_cron, 1, instr(c.schedule_cron, ' ') - 1) AS INTEGER))";
        double most = ServerWorld.number(data, "SELECT max(" + delay + ") " + late);
        double mean = ServerWorld.number(data, "SELECT avg(" + delay + ") " + late);
        return new Outcome(
                List.of(),
                List.of(
                        new Criterion("the latest of them", most, MOST_SECONDS, "s"),
                        Criterion.none("connections that did not run once", (long) ServerWorld.number(
                                data,
                                "SELECT count(*) FROM connection c WHERE 1 <> (SELECT count(*) FROM job j WHERE"
                                        + " j.connection_id = c.id AND j.status = 'succeeded')"))),
                List.of(String.format(Locale.ROOT, "%.0f ms late on average", mean * 1000)));
    }
}
