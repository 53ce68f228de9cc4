package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.util.List;

/** How long the program takes to start. */
final class VersionStart implements Scenario {
    private static final double LIMIT_SECONDS = 0.4;

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String about() {
        return "`sluice version`: what the start of the program takes, launcher included.";
    }

    @Override
    public Outcome run(Lab lab) {
        List<Series> series = lab.compare(lab.sluice(List.of("version"), "sluice version", () -> {}, () -> {}));
        return new Outcome(
                series, List.of(new Criterion("wall time", series.getFirst().wall(), LIMIT_SECONDS, "s")), List.of());
    }
}
