package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchTable;
import java.util.List;
import java.util.Optional;

/** All scenarios. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new PostgresToPostgres("postgres-wide", BenchTable.ORDERS, 1),
            new PostgresToPostgres("postgres-narrow", BenchTable.NARROW, 2),
            new PostgresToDuckDb(),
            FileToDuckDb.csv(),
            FileToDuckDb.parquet(),
            new PostgresToParquet(),
            new AirbyteLines(),
            new LowCode(),
            new Activation(),
            new MariaDbAndPostgres(true),
            new MariaDbAndPostgres(false),
            new ManyStreams(),
            new LargeValue(),
            new ManyRows(),
            new ManyColumns(),
            new UnchangedStreams(),
            new VersionStart(),
            new ServerStart(),
            new ServerLists(),
            new ServerLarge(),
            new ServerBurst(),
            new ServerSchedule(),
            new ServerOverhead());

    private Scenarios() {}

    /** All of them, in the order in which they run. */
    public static List<Scenario> all() {
        return ALL;
    }

    /** The one with a name. */
    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
