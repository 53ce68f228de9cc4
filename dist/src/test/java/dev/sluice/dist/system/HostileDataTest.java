package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and values in the corners of what databases allow arrive as they were. */
class HostileDataTest {
    private static final List<String> TABLES = List.of(
            "we\"ird",
            "SELECT",
            "Größe 東京 🛠",
            "Orders",
            "orders",
            "; DROP TABLE orders; --",
            "dot.in.it",
            "%s $1 ${HOME} {}",
            "x".repeat(63));

    private static final String COLUMNS = """
        id int PRIMARY KEY,
        "a""b" text, "A" text, a text, "order" text, "Größe" text, "x y" text, "_airbyte_metas" text,
        d date, ts timestamp, tz timestamptz, t time, n numeric, big numeric(1000,500), money numeric(12,2),
        f4 float4, f8 float8, u uuid, j jsonb, js json, raw bytea, arr int[], texts text[], i interval, b boolean,
        i2 smallint, i8 bigint, c char(5), v varchar(10)\
        """;

    /** The columns that look the same on both sides; the others become JSON. */
    private static final String PLAIN =
            "id, \"a\"\"b\", \"A\", a, \"order\", \"Größe\", \"x y\", \"_airbyte_metas\", d, ts, tz, t,"
                    + " n, big, money, f4, f8, u, j, raw, i::interval::text, b, i2, i8, c, v";

    private static final List<String> ROWS = List.of(
            "1, 'q''\"\\', E'line\\nbreak\\ttab', '', 'ü🛠', 'null', 'NULL', '\\N', 'infinity', 'infinity',"
                    + " '-infinity', '24:00', 'NaN', 'NaN', '-0.01', 'NaN', 'Infinity',"
                    + " '00000000-0000-0000-0000-000000000000', '{\"a\": [1, null, \"\\u00fc\"]}', '{ \"b\" :  1.10 }',"
                    + " '\\x00ff00', '{1,NULL,3}', '{\"a,b\",NULL,\"\"}', '1 year -2 days 03:04:05.6', true, -32768,"
                    + " 9223372036854775807, 'ab', 'x'",
            "2, '', ' ', 'é', '', '', '', '', '0044-03-15 BC', '4713-01-01 00:00:00 BC', '0001-01-01 00:00:00+00 BC',"
                    + " '00:00:00.000001', '" + "9".repeat(500) + "." + "7".repeat(400) + "', '" + "8".repeat(499) + "."
                    + "1".repeat(500) + "', '9999999999.99', '-Infinity', '-0', 'ffffffff-ffff-ffff-ffff-ffffffffffff',"
                    + " '[]', 'null', '\\x', '{}', '{}', '-1 mons', false, 32767, -9223372036854775808, '', ''",
            "3" + ", NULL".repeat(28));

    @TempDir
    Path folder;

    private PostgresDatabase source;
    private PostgresDatabase target;

    @BeforeEach
    void prepare() {
        source = PostgresServer.shared().createDatabase();
        target = PostgresServer.shared().createDatabase();
        for (String table : TABLES) {
            source.execute("CREATE TABLE " + quoted(table) + " (" + COLUMNS + ")");
            ROWS.forEach(row -> source.execute("INSERT INTO " + quoted(table) + " VALUES (" + row + ")"));
        }
    }

    @AfterEach
    void release() {
        source.close();
        target.close();
    }

    @Test
    void arriveInPostgresAsTheyWere() {
        copy(address(target), "full_refresh_overwrite").expect(0);
        copy(address(target), "full_refresh_overwrite").expect(0);

        for (String table : TABLES) {
            String from = " FROM " + quoted(table) + " ORDER BY id";
            List<List<@Nullable String>> arrived = target.query("SELECT " + PLAIN + ", arr, texts, js" + from);
            List<List<@Nullable String>> sent =
                    source.query("SELECT " + PLAIN + ", to_jsonb(arr), to_jsonb(texts), js::jsonb" + from);
            for (int row = 0; row < sent.size(); row++) {
                assertThat(arrived.get(row)).as(table + ", row " + row).containsExactlyElementsOf(sent.get(row));
            }
            assertThat(arrived).hasSameSizeAs(sent);
        }
    }

    @Test
    void arriveInDuckDbAsItCanHoldThem() throws SQLException {
        copy("duckdb:///hostile.db", "full_refresh_overwrite").expect(0);

        List<String> tables = column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'");
        assertThat(tables).hasSize(TABLES.size()).contains("we\"ird", "SELECT", "Größe 東京 🛠", "dot.in.it");
        for (String table : tables) {
            assertThat(column("SELECT concat_ws('|', id, \"a\"\"b\", \"order\", coalesce(\"x y\", '(none)'), d, money,"
                            + " i8, u) FROM \"" + table.replace("\"", "\"\"") + "\" ORDER BY id"))
                    .as(table)
                    .containsExactly(
                            "1|q'\"\\|ü🛠|NULL|infinity|-0.01|9223372036854775807|00000000-0000-0000-0000-000000000000",
                            "2||||0044-03-15 (BC)|9999999999.99|-9223372036854775808"
                                    + "|ffffffff-ffff-ffff-ffff-ffffffffffff",
                            "3|(none)");
        }
        assertThat(column("SELECT big FROM \"SELECT\" ORDER BY id").get(1))
                .isEqualTo("8".repeat(499) + "." + "1".repeat(500));
    }

    @Test
    void aTableWithSixteenHundredColumnsArrivesWhereItFits() throws SQLException {
        String columns =
                IntStream.range(0, 1600).mapToObj(i -> "c" + i + " bool").collect(Collectors.joining(", "));
        source.execute("CREATE SCHEMA wide", "CREATE TABLE wide.widest (" + columns + ")");
        source.execute("INSERT INTO wide.widest (c0, c1599) VALUES (true, false)");

        Sluice sluice = Sluice.in(folder);
        sluice.run("run", "--from", address(source), "--streams", "wide.widest", "--to", "duckdb:///wide.db")
                .expect(0);
        assertThat(column("wide.db", "SELECT concat_ws('|', c0, c1599, c7 IS NULL) FROM widest"))
                .containsExactly("true|false|true");

        // PostgreSQL has room for 1,600 columns, and the four of Airbyte come on top.
        Sluice.Result refused =
                sluice.run("run", "--from", address(source), "--streams", "wide.widest", "--to", address(target));
        assertThat(refused.code()).as(refused.err()).isNotZero();
        assertThat(refused.err()).contains("1600").doesNotContain("\tat ");
    }

    @Test
    void aNulCharacterInAFileIsNeverLostInSilence() throws Exception {
        Files.writeString(
                folder.resolve("nul.jsonl"), "{\"id\": 1, \"v\": \"a\\u0000b\"}\n{\"id\": 2, \"v\": \"c\"}\n");
        Sluice.Result result = Sluice.in(folder).run("run", "--from", "nul.jsonl", "--to", address(target));
        result.expect(0);
        assertThat(target.value("SELECT count(*) FROM nul")).isEqualTo("2");
        assertThat(target.value("SELECT _airbyte_meta::text FROM nul WHERE id = 1"))
                .contains("\"field\": \"v\"");
        assertThat(result.out()).contains("nul: v ");
    }

    private Sluice.Result copy(String to, String mode) {
        return Sluice.in(folder)
                .run("run", "--from", address(source), "--streams", "public.*", "--to", to, "--mode", mode, "--lossy");
    }

    private List<String> column(String sql) throws SQLException {
        return column("hostile.db", sql);
    }

    private List<String> column(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(file));
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (results.next()) {
                values.add(results.getString(1));
            }
            return values;
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String address(PostgresDatabase database) {
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(
                        database.superuser().user(),
                        database.superuser().password(),
                        database.host(),
                        database.port(),
                        database.name());
    }
}
