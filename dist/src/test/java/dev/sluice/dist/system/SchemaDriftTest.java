package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of a real database change between two runs, under each rule for such changes. */
class SchemaDriftTest {
    private static final List<String> CHANGED =
            List.of("stable", "added", "removed", "renamed", "widened", "retyped", "rekeyed", "uncursored", "dropped");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PostgresDatabase source;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PostgresDatabase target;

    @BeforeEach
    void prepare() {
        source = PostgresServer.shared().createDatabase();
        target = PostgresServer.shared().createDatabase();
    }

    @AfterEach
    void release() {
        source.close();
        target.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"propagate_columns", "propagate_fully", "ignore", "pause"})
    void eachTableFollowsTheRuleAndNoneStopsAnother(String rule) throws IOException {
        CHANGED.forEach(this::create);
        project("schemaChanges: " + rule, "dropped");
        sync(0);
        change();
        Sluice.Result result = sync(4);

        // Whatever the rule: what has not changed is copied, and what cannot go on is left as it was.
        assertThat(rows("stable", "id, at, size, note")).containsExactly("1|1|10|a", "2|2|20|b");
        for (String stopped : List.of("rekeyed", "uncursored", "dropped")) {
            assertThat(rows(stopped, "id")).as(stopped).containsExactly("1");
        }
        assertThat(result.err()).contains("public.rekeyed: ", "public.uncursored: ");
        assertThat(result.err().contains("E_STREAM_GONE")).isEqualTo(!rule.equals("propagate_fully"));
        assertThat(result.out()).contains("- public.dropped is gone from the source; its table stays as it is");
        switch (rule) {
            case "ignore" -> assertIgnored(result);
            case "pause" -> assertPaused(result);
            default -> assertPropagated(result);
        }
    }

    private void assertPropagated(Sluice.Result result) {
        assertThat(rows("added", "id, extra")).containsExactly("1|NULL", "2|x");
        assertThat(rows("removed", "id, size, note")).containsExactly("1|10|a", "2|NULL|b");
        assertThat(rows("renamed", "id, size, length")).containsExactly("1|10|NULL", "2|NULL|20");
        assertThat(rows("widened", "id, size")).containsExactly("1|10", "2|5000000000");
        assertThat(type("widened", "size")).isEqualTo("bigint");
        assertThat(rows("retyped", "id, note"))
                .as("no column holds text and bytes")
                .containsExactly("1|a");
        assertThat(rows("fresh", "id")).containsExactly("1");
        assertThat(result.err()).contains("E_TYPE_CHANGED", "E_SCHEMA_BREAKING");
        assertThat(result.out()).contains("+ public.added: extra is new: string", "+ public.fresh is a new stream");
        // A new copy takes the stream as it is, whatever its old table could hold.
        Sluice.in(folder).run("refresh", "--stream", "public.retyped", "--yes").expect(0);
        assertThat(rows("retyped", "id, note")).containsExactly("1|\\x61", "2|\\x62");
    }

    private void assertIgnored(Sluice.Result result) {
        assertThat(columns("added")).doesNotContain("extra");
        assertThat(rows("added", "id, size")).containsExactly("1|10", "2|20");
        assertThat(rows("removed", "id, size, note")).containsExactly("1|10|a", "2|NULL|b");
        assertThat(columns("renamed")).doesNotContain("length");
        assertThat(rows("widened", "id, size"))
                .as("its column would have to be altered")
                .containsExactly("1|10");
        assertThat(type("widened", "size")).isEqualTo("integer");
        assertThat(rows("retyped", "id")).containsExactly("1");
        assertThat(columns("fresh")).isEmpty();
        assertThat(result.err()).contains("E_SCHEMA_IGNORED", "E_SCHEMA_BREAKING");
        assertThat(result.out()).contains("+ public.added: extra is new: string (not applied)");
    }

    private void assertPaused(Sluice.Result result) {
        for (String paused : List.of("added", "removed", "renamed", "widened", "retyped")) {
            assertThat(rows(paused, "id")).as(paused).containsExactly("1");
        }
        assertThat(columns("fresh")).isEmpty();
        assertThat(result.err()).contains("E_SCHEMA_PAUSED").contains("sluice schema accept");
        Sluice.in(folder)
                .run("schema", "accept", "--stream", "added,removed,fresh", "--yes")
                .expect(0);
        sync(4);
        assertThat(rows("added", "id, extra")).containsExactly("1|NULL", "2|x");
        assertThat(rows("removed", "id, size")).containsExactly("1|10", "2|NULL");
        assertThat(rows("fresh", "id")).containsExactly("1");
        assertThat(rows("widened", "id")).as("not accepted").containsExactly("1");
    }

    @Test
    void olderRowsGetTheValuesOfANewColumn() throws IOException {
        create("added");
        project("backfill: true");
        sync(0);
        source.execute(
                // Without touching a row: no transaction tells an increment that the older row has a value now.
                "ALTER TABLE added ADD COLUMN extra text DEFAULT 'late'",
                "INSERT INTO added VALUES (2, 2, 20, 'b', 'x')");
        Sluice.Result result = sync(0);

        assertThat(rows("added", "id, extra")).containsExactly("1|late", "2|x");
        assertThat(result.err()).contains("all rows are read once more");
        assertThat(sync(0).out()).contains("Nothing new");
    }

    @Test
    void anotherKeyIsTakenOnceItIsAcceptedAndTheTableCopiedAnew() throws IOException {
        create("rekeyed");
        project("");
        sync(0);
        source.execute(
                "ALTER TABLE rekeyed DROP CONSTRAINT rekeyed_pkey, ADD PRIMARY KEY (id, note)",
                "INSERT INTO rekeyed VALUES (1, 2, 20, 'b')");
        sync(2);
        assertThat(rows("rekeyed", "id, note")).containsExactly("1|a");

        Sluice.in(folder).run("schema", "accept", "--yes").expect(0);
        assertThat(sync(2).err()).contains("E_SETTINGS_CHANGED", "sluice refresh sluice.yaml --stream public.rekeyed");
        Sluice.in(folder).run("refresh", "--stream", "rekeyed", "--yes").expect(0);
        assertThat(rows("rekeyed", "id, note")).containsExactly("1|a", "1|b");
        sync(0);
    }

    @Test
    void clearEmptiesTheTableAndTheNextRunFillsIt() throws IOException {
        create("stable");
        project("");
        sync(0);
        source.execute("ALTER TABLE stable RENAME TO hidden");
        Sluice.in(folder).run("clear", "--stream", "stable", "--yes").expect(0);
        assertThat(rows("stable", "id")).isEmpty();
        assertThat(columns("stable")).contains("id", "at", "size", "note", "_airbyte_meta");

        source.execute("ALTER TABLE hidden RENAME TO stable");
        sync(0);
        assertThat(rows("stable", "id")).containsExactly("1");
    }

    private void create(String table) {
        source.execute(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, at bigint NOT NULL, size int, note text)",
                "INSERT INTO " + table + " VALUES (1, 1, 10, 'a')");
    }

    private void change() {
        source.execute(
                "INSERT INTO stable VALUES (2, 2, 20, 'b')",
                "ALTER TABLE added ADD COLUMN extra text",
                "INSERT INTO added VALUES (2, 2, 20, 'b', 'x')",
                "ALTER TABLE removed DROP COLUMN size",
                "INSERT INTO removed VALUES (2, 2, 'b')",
                "ALTER TABLE renamed RENAME COLUMN size TO length",
                "INSERT INTO renamed VALUES (2, 2, 20, 'b')",
                "ALTER TABLE widened ALTER COLUMN size TYPE bigint",
                "INSERT INTO widened VALUES (2, 2, 5000000000, 'b')",
                "ALTER TABLE retyped ALTER COLUMN note TYPE bytea USING note::bytea",
                "INSERT INTO retyped VALUES (2, 2, 20, 'b')",
                "ALTER TABLE rekeyed DROP CONSTRAINT rekeyed_pkey, ADD PRIMARY KEY (id, note)",
                "INSERT INTO rekeyed VALUES (1, 2, 20, 'b')",
                "ALTER TABLE uncursored DROP COLUMN at",
                "INSERT INTO uncursored VALUES (2, 20, 'b')",
                "DROP TABLE dropped",
                "CREATE TABLE fresh (id int PRIMARY KEY, at bigint NOT NULL)",
                "INSERT INTO fresh VALUES (1, 1)");
    }

    /** A project of all tables, of which some are named too. */
    private void project(String rules, String... named) throws IOException {
        String settings = "{mode: incremental_append_deduped, cursor: at}";
        StringBuilder yaml = new StringBuilder("source: " + Endpoints.postgres(Endpoints.login(source)) + "\n")
                .append("destination: " + Endpoints.postgres(Endpoints.login(target)) + "\n")
                .append(rules)
                .append("\nretries: 0\nstreams:\n  'public.*': ")
                .append(settings)
                .append('\n');
        for (String name : named) {
            yaml.append("  public.").append(name).append(": ").append(settings).append('\n');
        }
        Files.writeString(folder.resolve("sluice.yaml"), yaml);
    }

    private Sluice.Result sync(int code) {
        return Sluice.in(folder).run("sync").expect(code);
    }

    private List<String> rows(String table, String columns) {
        String row = "concat_ws('|', "
                + String.join(
                        ", ",
                        List.of(columns.split(", ")).stream()
                                .map(column -> "coalesce(" + column + "::text, 'NULL')")
                                .toList())
                + ")";
        return texts("SELECT " + row + " FROM " + table + " ORDER BY 1");
    }

    private List<String> columns(String table) {
        return texts("SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public'"
                + " AND table_name = '" + table + "'");
    }

    private String type(String table, String column) {
        return texts("SELECT data_type::text FROM information_schema.columns WHERE table_schema = 'public'"
                        + " AND table_name = '" + table + "' AND column_name = '" + column + "'")
                .getFirst();
    }

    private List<String> texts(String sql) {
        return target.query(sql).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }
}
