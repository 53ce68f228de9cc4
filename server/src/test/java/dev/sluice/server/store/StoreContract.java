package dev.sluice.server.store;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store does, whatever database is under it. */
abstract class StoreContract {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
    private static final Migration FIRST = new Migration(
            "first", "CREATE TABLE thing (\n    id ${id} PRIMARY KEY,\n    name TEXT UNIQUE\n) ${strict};\n");
    private static final Migration SECOND =
            new Migration("second", "ALTER TABLE thing ADD COLUMN size ${long};\nUPDATE thing SET size = 7;\n");

    private final List<Store> opened = new ArrayList<>();

    /** Where this test has a store; empty at first, the same at every call. */
    abstract StoreLocation location();

    /** The names in the backup of a version. */
    abstract List<String> namesInBackup(int version) throws Exception;

    /** Puts a table of another program where the store would be. */
    abstract void makeForeign() throws Exception;

    @AfterEach
    void close() {
        opened.forEach(Store::close);
    }

    private Store open(List<Migration> migrations) {
        Store store = Store.open(location(), migrations, CLOCK);
        opened.add(store);
        return store;
    }

    private void closeAll() {
        opened.forEach(Store::close);
        opened.clear();
    }

    private static void add(Store store, String name) {
        store.change(transaction ->
                transaction.change("INSERT INTO thing (id, name) VALUES (?, ?)", UUID.randomUUID(), name));
    }

    private static List<String> names(Store store) {
        return store.read(
                transaction -> transaction.all(row -> row.text("name"), "SELECT name FROM thing ORDER BY name"));
    }

    @Test
    void itsOwnTablesAreMadeOnceAndKeepWhatIsInThem() {
        Store store = Store.open(location(), CLOCK);
        opened.add(store);
        UUID id = UUID.randomUUID();
        store.change(transaction -> transaction.change(
                "INSERT INTO server (id, name, release, started_at, beat) VALUES (?, ?, ?, ?, ?)",
                id,
                "a",
                "1",
                CLOCK.instant(),
                1));
        closeAll();

        Store again = Store.open(location(), CLOCK);
        opened.add(again);
        assertThat(again.<List<UUID>>read(transaction -> transaction.all(row -> row.id("id"), "SELECT id FROM server")))
                .containsExactly(id);
        assertThat(again.<Long>read(transaction -> transaction.count("SELECT count(*) AS n FROM store_version")))
                .isEqualTo(Migration.all().size());
    }

    @Test
    void aNewVersionIsMadeFromABackedUpOldOne() throws Exception {
        add(open(List.of(FIRST)), "old");
        closeAll();

        Store store = open(List.of(FIRST, SECOND));
        assertThat(store.<Long>read(transaction -> transaction.count("SELECT size AS n FROM thing")))
                .isEqualTo(7);
        assertThat(namesInBackup(1)).containsExactly("old");
    }

    @Test
    void aMigrationThatFailsLeavesTheOldVersion() {
        add(open(List.of(FIRST)), "kept");
        closeAll();
        Migration broken = new Migration("broken", SECOND.script() + "UPDATE nothing SET size = 1;\n");

        assertThatThrownBy(() -> open(List.of(FIRST, broken))).isInstanceOf(ProblemException.class);
        Store store = open(List.of(FIRST));
        assertThat(names(store)).containsExactly("kept");
        assertThatThrownBy(() -> store.<Long>read(transaction -> transaction.count("SELECT size AS n FROM thing")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aStoreOfANewerProgramIsRefused() {
        open(List.of(FIRST, SECOND));
        closeAll();
        assertProblem(() -> open(List.of(FIRST)), "E_CONTROL_NEWER");
    }

    @Test
    void aStoreWhoseStepsWereOthersIsRefused() {
        open(List.of(FIRST));
        closeAll();
        assertProblem(() -> open(List.of(new Migration("first", FIRST.script() + "-- x\n"))), "E_CONTROL_ALTERED");
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefused() throws Exception {
        makeForeign();
        assertProblem(() -> open(List.of(FIRST)), "E_CONTROL_FOREIGN");
    }

    @Test
    void changesThatFailLeaveNothing() {
        Store store = open(List.of(FIRST));
        assertThatThrownBy(() -> store.change(transaction -> {
                    transaction.change("INSERT INTO thing (id, name) VALUES (?, 'gone')", UUID.randomUUID());
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(names(store)).isEmpty();
    }

    @Test
    void aChangeWithinAChangeIsRefusedAndNotWaitedFor() {
        Store store = open(List.of(FIRST));
        assertThatThrownBy(() -> store.change(_ -> add(store, "inner")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within");
        add(store, "after");
        assertThat(names(store)).containsExactly("after");
    }

    @Test
    void whatDoesNotGoWithTheRestIsAConflict() {
        Store store = open(List.of(FIRST));
        add(store, "one");
        assertProblem(() -> add(store, "one"), "E_CONTROL_CONFLICT");
        assertThat(names(store)).containsExactly("one");
    }

    @Test
    void whoOnlyReadsCannotChange() {
        Store store = open(List.of(FIRST));
        assertThatThrownBy(() -> store.<Integer>read(transaction -> transaction.change("DELETE FROM thing")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aReadSeesOneMoment() {
        Store store = open(List.of(FIRST));
        List<List<String>> seen = store.read(transaction -> {
            List<String> before = transaction.all(row -> row.text("name"), "SELECT name FROM thing");
            add(store, "meanwhile");
            return List.of(before, transaction.all(row -> row.text("name"), "SELECT name FROM thing"));
        });
        assertThat(seen).containsExactly(List.of(), List.of());
        assertThat(names(store)).containsExactly("meanwhile");
    }

    @Test
    void valuesOfAllKindsComeBackAsTheyWere() {
        Migration kinds = new Migration("kinds", """
            CREATE TABLE kind (
                at ${long},
                flag ${flag},
                document ${json},
                content ${bytes},
                id ${id}
            ) ${strict};
            """);
        Store store = open(List.of(kinds));
        Instant time = Instant.parse("1969-12-31T23:59:59.999999Z");
        Json document = new Json("{\"b\": 1.0, \"a\": \"\\u0000\", \"b\": 123456789012345678901234567890}");
        UUID id = UUID.randomUUID();
        store.change(transaction -> {
            String insert = "INSERT INTO kind (at, flag, document, content, id) VALUES (?, ?, ?, ?, ?)";
            transaction.change(insert, time, true, document, new byte[] {0, -1}, id);
            transaction.change(insert, null, false, null, null, null);
        });
        record Kind(Object at, Object flag, Object document, Object id) {}
        assertThat(store.<List<Kind>>read(transaction -> transaction.all(
                        row -> new Kind(
                                String.valueOf(row.timeOrNull("at")),
                                row.flag("flag"),
                                String.valueOf(row.jsonOrNull("document")),
                                String.valueOf(row.idOrNull("id"))),
                        "SELECT * FROM kind ORDER BY at NULLS LAST")))
                .containsExactly(
                        new Kind(time.toString(), true, document.toString(), id.toString()),
                        new Kind("null", false, "null", "null"));
        assertThat(store.<byte[]>read(transaction -> transaction
                        .first(row -> row.bytes("content"), "SELECT content FROM kind WHERE flag")
                        .orElseThrow()))
                .containsExactly(0, -1);
    }

    @Test
    void textsWithCharactersThatADatabaseDoesNotHoldComeBack() {
        Store store = open(List.of(FIRST));
        List<String> texts = List.of("\0", "a\0b\u0002c", "\u0001", "\u0001\u0002\u0002", "\u00020", "plain", "");
        texts.forEach(text -> add(store, text));
        assertThat(names(store)).containsExactlyInAnyOrderElementsOf(texts);
        for (String text : texts) {
            assertThat(store.<Long>read(
                            transaction -> transaction.count("SELECT count(*) AS n FROM thing WHERE name = ?", text)))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsToBeDoneAfterwardsIsDoneOnceItIsDurable() {
        Store store = open(Migration.all());
        List<String> done = new ArrayList<>();
        store.change(transaction -> {
            transaction.afterwards(() -> done.add("after the commit"));
            assertThat(done).as("not yet").isEmpty();
        });
        assertThat(done).containsExactly("after the commit");
        assertThatThrownBy(() -> store.change(transaction -> {
                    transaction.afterwards(() -> done.add("rolled back"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(done).hasSize(1);
    }
}
