package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchTable;
import dev.sluice.bench.lab.Contestant;
import dev.sluice.bench.lab.DataFiles;
import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import dev.sluice.bench.tool.JsonPipe;
import dev.sluice.testkit.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The table orders as messages of the Airbyte protocol, which a source prints that is a program: read and thrown away, beside a bare parse
 * of the same lines; and into PostgreSQL, beside three programs that hand trees of JSON on, as plain orchestrators do.
 */
final class AirbyteLines implements Scenario {
    private static final double LIMIT_OF_READING = 1.3;
    private static final double LIMIT_OF_COPYING = 0.25;

    private static final String CATALOG = """
        {"type":"CATALOG","catalog":{"streams":[{"name":"orders","supported_sync_modes":["full_refresh"],"json_schema":\
        {"type":"object","properties":{"id":{"type":"integer"},"customer_id":{"type":"integer"},\
        "product_id":{"type":"integer"},"quantity":{"type":"integer"},"sku":{"type":"string"},"price":{"type":"number"},\
        "tax":{"type":"number"},"note":{"type":"string"},"email":{"type":"string"},"paid":{"type":"boolean"},\
        "ordered_on":{"type":"string","format":"date"},"updated_at":{"type":"string","format":"date-time"},\
        "attrs":{"type":"object"},"uid":{"type":"string"}}}}]}}
        """;

    @Override
    public String name() {
        return "airbyte-lines";
    }

    @Override
    public String about() {
        return "The table orders as messages of the Airbyte protocol from a program to nowhere and to PostgreSQL,"
                + " beside a bare parse of the lines and beside a pipeline of JSON trees.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = lab.settings().rows();
        Path lines = new DataFiles(lab).airbyteLines();
        Databases databases = lab.databases();
        Path project = project(lab, lines, databases);
        List<Series> series = lab.compare(
                new Contestant(
                        "bare parse",
                        "Jackson, all tokens of orders.jsonl",
                        java("tokens", lines.toString()),
                        () -> {},
                        () -> {}),
                lab.sluice(
                        List.of("sync", project.toString(), "nowhere"),
                        "sluice sync: {command: [cat, orders.jsonl]} to discard",
                        () -> {},
                        () -> {}),
                trees(lines, databases, rows),
                lab.sluice(
                        List.of("sync", project.toString(), "database"),
                        "sluice sync: {command: [cat, orders.jsonl]} to postgres",
                        databases::emptyDestination,
                        () -> Checks.rows(databases.destination(), "public.orders", rows)));
        return new Outcome(
                series,
                List.of(
                        Criterion.ratio(
                                "wall time of reading against a bare parse",
                                series.get(1),
                                series.get(0),
                                LIMIT_OF_READING),
                        Criterion.ratio(
                                "wall time to PostgreSQL against the trees",
                                series.get(3),
                                series.get(2),
                                LIMIT_OF_COPYING)),
                List.of(
                        rows + " rows, " + lines.toFile().length() / 1_000_000 + " MB; " + databases.version(),
                        "where the time to PostgreSQL goes, and why a quarter is out of reach on two cores, is in"
                                + " [ADR 0255](../../docs/adr/0255-reading-records-in-two-steps.md)"));
    }

    /** Source, hop and destination, each a program; the last one loads by COPY as well, and the same columns. */
    private static Contestant trees(Path lines, Databases databases, long rows) {
        String table = "orders_of_trees";
        String line = "cat " + lines + " | " + quoted(java("hop")) + " | " + quoted(java("csv"))
                + " | psql -Xq -d " + databases.destination().name() + " -c 'COPY " + table
                + " FROM STDIN (FORMAT csv)'";
        return new Contestant(
                "JSON trees",
                "cat orders.jsonl | hop | csv | psql -c 'COPY orders FROM STDIN (FORMAT csv)'",
                List.of("bash", "-c", "set -o pipefail; " + line),
                () -> databases
                        .destination()
                        .execute("DROP TABLE IF EXISTS " + table, BenchTable.ORDERS.createWithMeta(table)),
                () -> Checks.rows(databases.destination(), table, rows));
    }

    private static String options(PostgresDatabase database) {
        return "host: \"%s\", port: %d, database: \"%s\", username: \"%s\", password: \"%s\""
                .formatted(
                        database.host(),
                        database.port(),
                        database.name(),
                        database.superuser().user(),
                        database.superuser().password());
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                JsonPipe.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String quoted(List<String> command) {
        return String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
    }

    private static Path project(Lab lab, Path lines, Databases databases) {
        try {
            Path catalog = Files.writeString(lab.work().resolve("catalog.json"), CATALOG);
            Path source = Files.writeString(lab.work().resolve("source.sh"), """
                case $1 in
                discover) cat %s;;
                read) cat %s;;
                esac
                """.formatted(catalog, lines));
            return Files.writeString(
                    lab.work().resolve("sluice.yaml"), """
                        sources:
                          theirs: {connector: {command: [/bin/sh, "%s"]}}
                        destinations:
                          nothing: {connector: discard}
                          there: {connector: postgres, config: {%s}}
                        connections:
                          nowhere: {source: theirs, destination: nothing, streams: {orders: {mode: full_refresh_overwrite}}}
                          database: {source: theirs, destination: there, streams: {orders: {mode: full_refresh_overwrite}}}
                        """.formatted(source, options(databases.destination())));
        } catch (IOException failed) {
            throw new IllegalStateException("cannot write the project", failed);
        }
    }
}
