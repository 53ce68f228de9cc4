package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BatchService;
import dev.sluice.bench.lab.BenchTable;
import dev.sluice.bench.lab.Contestant;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Measurement;
import dev.sluice.bench.result.Series;
import dev.sluice.testkit.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rows of a warehouse that become objects of a service over HTTP, and the same once more without changes. */
final class Activation implements Scenario {
    private static final int ROWS_OF_THE_TABLE_A_RECORD = 5;
    private static final int MILLIS_OF_BATCH = 20;
    private static final int BATCH = 100;
    private static final int LANES = 4;
    private static final double LIMIT_OF_TIME = 2.0;
    private static final double LIMIT_OF_SECOND = 0.25;

    private static final String DEFINITION = """
        title: Office
        requester: {url_base: "{{ config.url }}"}
        concurrency_level: {default_concurrency: %d}
        objects:
          - name: records
            fields:
              declared:
                - {name: id, type: integer, required: true, unique: true}
                - {name: amount, type: number}
                - {name: seen, type: timestamp}
                - {name: flag, type: integer}
            operations:
              upsert:
                unique_fields: true
                requester: {path: /records, http_method: PUT}
                batch: {max_records: %d}
        """.formatted(LANES, BATCH);

    @Override
    public String name() {
        return "activation";
    }

    @Override
    public String about() {
        return "Rows of PostgreSQL that become objects of a service, " + LANES + " requests of " + BATCH
                + " records at a time, each answered after " + MILLIS_OF_BATCH
                + " ms; then the same once more without changes.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = Math.max(1, lab.settings().rows() / ROWS_OF_THE_TABLE_A_RECORD);
        lab.fill(BenchTable.NARROW, rows);
        try (BatchService service = new BatchService(MILLIS_OF_BATCH)) {
            write(lab.work(), lab.databases().source(), service.url());
            Path project = lab.work().resolve("sluice.yaml");
            long[] before = new long[2];
            long[] again = new long[1];
            Contestant first = lab.sluice(
                    List.of("sync", project.toString()),
                    "sluice sync: postgres to {destination: office.yaml}",
                    () -> before[0] = service.records(),
                    () -> Checks.number("the service", service.records() - before[0], rows));
            List<Series> series = lab.compare(
                    first,
                    new Contestant(
                            "the same again",
                            "the same with nothing changed",
                            first.command(),
                            () -> before[1] = service.requests(),
                            () -> again[0] += service.requests() - before[1]));
            double best = (double) rows / BATCH / LANES * MILLIS_OF_BATCH / 1000;
            double memory = series.getFirst().median(Measurement::peakMemoryMib);
            return new Outcome(
                    series,
                    List.of(
                            new Criterion(
                                    "time against what the service allows",
                                    series.getFirst().wall() / best,
                                    LIMIT_OF_TIME,
                                    "x"),
                            Criterion.ratio(
                                    "second run against the first", series.get(1), series.get(0), LIMIT_OF_SECOND),
                            Criterion.none("requests of the second run", again[0])),
                    List.of(
                            rows + " rows with " + lab.settings().javaOptions() + ", " + Math.round(memory)
                                    + " MiB of memory at most; the service allows " + best + " s",
                            lab.databases().version()));
        }
    }

    private static void write(Path folder, PostgresDatabase source, String service) {
        try {
            Files.writeString(folder.resolve("office.yaml"), DEFINITION);
            Files.writeString(folder.resolve("sluice.yaml"), """
                source:
                  connector: postgres
                  config: {host: %s, port: %d, database: %s, username: %s, password: "%s"}
                destination: {connector: {destination: office.yaml}, config: {url: "%s"}}
                streams:
                  public.narrow:
                    object: records
                    mode: full_refresh_upsert
                    matching: [id]
                    map: {id: id, amount: amount, seen: at, flag: flag}
                """.formatted(
                            source.host(),
                            source.port(),
                            source.name(),
                            source.superuser().user(),
                            source.superuser().password(),
                            service));
        } catch (IOException failed) {
            throw new IllegalStateException("cannot write the project", failed);
        }
    }
}
