package dev.sluice.server.store;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.workspaces.Workspace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store goes into a file and comes back as it was, in the other database too; what is not whole comes in not at all. */
class StoreCopyTest {
    private final List<TestStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TestStore::close);
    }

    private Store empty(Dialect dialect) {
        TestStore store = TestStore.open(dialect);
        opened.add(store);
        return store.store();
    }

    /** A job of a connection, and a secret whose bytes are no text. */
    private Store furnished(Dialect dialect) {
        Store store = empty(dialect);
        Rooms rooms = new Rooms(store);
        Workspace workspace = rooms.workspace("Team \u0000 \u00e9");
        Connection connection = rooms.connection(
                rooms.actor(workspace, ConnectorKind.SOURCE, "Shop"),
                rooms.actor(workspace, ConnectorKind.DESTINATION, "Lake"),
                "Shop to lake");
        store.change(transaction -> {
            new Jobs(TestStore.CLOCK, List.of())
                    .add(transaction, JobWish.of(workspace.id(), JobKind.SYNC, connection.id(), null));
            transaction.change(
                    "INSERT INTO secret (id, workspace_id, owner_id, cipher_text, created_at) VALUES (?, ?, ?, ?, ?)",
                    connection.id(),
                    workspace.id(),
                    connection.id(),
                    new byte[] {0, -1, 10},
                    TestStore.CLOCK.instant());
        });
        return store;
    }

    private static byte[] written(Store store) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StoreCopy(store).write(out);
        return out.toByteArray();
    }

    private static String text(byte[] copy) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(copy))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static long read(Store store, byte[] copy) {
        return new StoreCopy(store).read(new ByteArrayInputStream(copy));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void comesBackAsItWasInTheOtherDatabaseToo(Dialect dialect) throws IOException {
        Dialect other = dialect == Dialect.SQLITE ? Dialect.POSTGRES : Dialect.SQLITE;
        byte[] copy = written(furnished(dialect));
        Store target = empty(other);

        long rows = read(target, copy);

        assertThat(rows).isGreaterThan(8);
        assertThat(text(written(target))).isEqualTo(text(copy));
        // New jobs get numbers behind those that came along.
        Rooms rooms = new Rooms(target);
        Workspace workspace = rooms.workspace("New");
        Connection connection = rooms.connection(
                rooms.actor(workspace, ConnectorKind.SOURCE, "Shop"),
                rooms.actor(workspace, ConnectorKind.DESTINATION, "Lake"),
                "New");
        long id = target.compute(transaction -> new Jobs(TestStore.CLOCK, List.of())
                .add(transaction, JobWish.of(workspace.id(), JobKind.SYNC, connection.id(), null))
                .id());
        assertThat(id).isGreaterThan(1);
    }

    @Test
    void eachTableIsCopiedWithAllOfItsColumns() {
        Store store = empty(Dialect.SQLITE);
        Map<String, List<Columns.Column>> known = Columns.of(Migration.all());
        store.read(transaction -> {
            List<String> tables = transaction.all(
                    row -> row.text("name"),
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                            + " AND name <> 'store_version'");
            assertThat(known.keySet()).containsExactlyInAnyOrderElementsOf(tables);
            for (String table : tables) {
                assertThat(known.get(table))
                        .as(table)
                        .extracting(Columns.Column::name)
                        .containsExactlyElementsOf(columns(transaction, table));
            }
            return true;
        });
    }

    private static List<String> columns(Transaction transaction, String table) throws SQLException {
        return transaction.all(row -> row.text("name"), "SELECT name FROM pragma_table_info(?) ORDER BY cid", table);
    }

    @Test
    void aFileThatIsNotWholeComesInNotAtAll() throws IOException {
        String whole = text(written(furnished(Dialect.SQLITE)));
        String end = whole.substring(whole.lastIndexOf("\n{") + 1);
        Store target = empty(Dialect.SQLITE);
        for (String broken : List.of(
                "",
                "{}",
                whole.replace(end, ""),
                whole.replace(end, "{\"rows\":3}\n"),
                whole.replace("\"table\":\"job\"", "\"table\":\"jobs\""),
                whole.replaceFirst("\"version\":\\d+", "\"version\":1"),
                whole.substring(0, whole.length() / 2))) {
            assertProblem(() -> read(target, zipped(broken)), "E_CONTROL_IMPORT");
        }
        byte[] copy = zipped(whole);
        assertProblem(() -> read(target, Arrays.copyOf(copy, copy.length / 2)), "E_CONTROL_IMPORT");
        assertProblem(() -> read(target, new byte[] {1, 2, 3}), "E_CONTROL_IMPORT");
        assertThat(target.<Long>read(transaction -> transaction.count("SELECT count(*) AS n FROM workspace")))
                .isZero();
        assertThat(read(target, copy)).isPositive();
    }

    @Test
    void aStoreWithSomethingInItIsLeftAlone() {
        byte[] copy = written(furnished(Dialect.SQLITE));
        assertProblem(() -> read(furnished(Dialect.SQLITE), copy), "E_CONTROL_IMPORT");
    }
}
