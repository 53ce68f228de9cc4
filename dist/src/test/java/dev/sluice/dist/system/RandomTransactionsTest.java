package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several writers change two tables by random transactions while syncs follow each other. When all is quiet and one more sync
 * has run, the deduplicated copies are equal to their tables, and the histories hold each version that stands in a table once,
 * and none that was never committed. A failure names the seed; how the writers take turns is up to the server.
 */
class RandomTransactionsTest {
    private static final List<String> COPIES = List.of("latest", "history");
    private static final int WRITERS = 4;
    private static final int TRANSACTIONS = Integer.getInteger("sluice.transactions", 12);
    private static final long SEED = Long.getLong("sluice.seed", 20_261_126L);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostOrDoubledFromPostgres() throws Exception {
        try (BusyTables tables = BusyTables.postgres()) {
            check(tables);
        }
    }

    /** Here rows are deleted too. */
    @Test
    void nothingIsLostOrDoubledFromTheLogOfPostgres() throws Exception {
        try (BusyTables tables = BusyTables.loggedPostgres()) {
            check(tables);
        }
    }

    @Test
    void nothingIsLostOrDoubledFromMariaDb() throws Exception {
        try (BusyTables tables = BusyTables.mariaDb()) {
            check(tables);
        }
    }

    /** And here. */
    @Test
    void nothingIsLostOrDoubledFromTheLogOfMariaDb() throws Exception {
        try (BusyTables tables = BusyTables.loggedMariaDb()) {
            check(tables);
        }
    }

    private void check(BusyTables tables) throws IOException, SQLException, InterruptedException, ExecutionException {
        writeProjects(tables);
        Set<String> committed = writeAndSync(tables);
        COPIES.forEach(this::sync);

        for (String table : BusyTables.NAMES) {
            List<String> expected = tables.rows(table);
            List<String> history = stored("history", table);
            String what = table + ", seed " + SEED + ", ";
            assertThat(stored("latest", table)).as(what + "the copy").isEqualTo(expected);
            assertThat(history).as(what + "the history").containsAll(expected).doesNotHaveDuplicates();
            assertThat(query("history", "SELECT DISTINCT v FROM " + table + " WHERE v IS NOT NULL"))
                    .as(what + "no version but those that were committed")
                    .isSubsetOf(committed.stream().map(text -> "[" + text + "]").toList());
            assertThat(query("latest", "SELECT v FROM " + table + " WHERE v <> 'first'"))
                    .as(what + "something happened")
                    .hasSizeGreaterThan(TRANSACTIONS / 2);
        }
        if (tables.isLogged()) {
            assertThat(InProcess.run(folder, "verify", "latest.yaml", "--output", "json"))
                    .as("what the log adds is not compared")
                    .contains("_ab_cdc_updated_at is not compared");
        }
    }

    private void writeProjects(BusyTables tables) throws IOException {
        for (String copy : COPIES) {
            String mode = copy.equals("latest") ? "incremental_append_deduped" : "incremental_append";
            Files.writeString(folder.resolve(copy + ".yaml"), """
                source: %s
                destination: {connector: duckdb, config: {path: %s.duckdb, schema: main}}
                streams:
                  %s: {mode: %s%s}
                  %s: {mode: %s%s}
                """.formatted(
                            tables.source().formatted(copy),
                            copy,
                            tables.stream(BusyTables.NAMES.getFirst()),
                            mode,
                            tables.isLogged() ? "" : ", cursor: at",
                            tables.stream(BusyTables.NAMES.getLast()),
                            mode,
                            tables.isLogged() ? "" : ", cursor: n"));
        }
    }

    private void sync(String copy) {
        InProcess.run(folder, "sync", copy + ".yaml", "--output", "json");
    }

    private Set<String> writeAndSync(BusyTables tables) throws InterruptedException, ExecutionException {
        AtomicLong keys = new AtomicLong(BusyTables.ROWS);
        AtomicInteger syncs = new AtomicInteger();
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> committed = new HashSet<>(Set.of("first"));
        COPIES.forEach(this::sync);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Set<String>>> writers = new ArrayList<>();
            for (int i = 1; i <= WRITERS; i++) {
                writers.add(
                        threads.submit(new RandomWriter(tables, keys, syncs, "w" + i, TRANSACTIONS, random.split())));
            }
            while (!writers.stream().allMatch(Future::isDone)) {
                sync(COPIES.get(random.nextInt(COPIES.size())));
                syncs.incrementAndGet();
            }
            for (Future<Set<String>> writer : writers) {
                committed.addAll(writer.get());
            }
        }
        return committed;
    }

    private List<String> stored(String copy, String table) throws SQLException {
        return query(copy, "SELECT id, epoch_us(\"at\"), n, v, price FROM " + table + " ORDER BY id, n");
    }

    private List<String> query(String copy, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(copy + ".duckdb"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
