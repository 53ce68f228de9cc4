package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.product.InProcess;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyServer;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Databases of different kinds sum the same rows to the same numbers, so a copy is proven without being read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SummedInsideTest {
    private static final String INSIDE = "summed inside both databases";

    /** Not what the first copy was given beside, which the next one would read as fields of its own. */
    private static final String FIELDS = "[id, name, price, sold, born, at, seen, raw, count]";

    @TempDir
    Path folder;

    private PostgresDatabase postgres;
    private MyDatabase mariadb;

    @BeforeAll
    void open() {
        postgres = PostgresServer.shared().createDatabase();
        mariadb = MyServer.shared().createDatabase();
        postgres.execute(
                "CREATE TABLE goods (id bigint PRIMARY KEY, name varchar(80), price numeric(12,4), sold boolean,"
                        + " born date, at timestamptz, seen timestamp(3), raw bytea, count smallint)",
                "INSERT INTO goods SELECT i, CASE i % 9 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'Grüße; ~ ' || i"
                        + " ELSE 'good 🚀 ' || i END, (i - 500) / 8.0, i % 2 = 0, date '1600-02-28' + i,"
                        + " timestamptz '1999-12-31 23:59:59.999999Z' + i * interval '1 minute',"
                        + " timestamp '2024-02-29 12:00:00.125' - i * interval '1 second',"
                        + " decode(lpad(to_hex(i), 8, '0'), 'hex'), i % 300 FROM generate_series(1, 1000) i");
    }

    @AfterAll
    void close() {
        postgres.close();
        mariadb.close();
    }

    @Test
    void fromPostgresToMariaDbToPostgresToDuckDb() throws IOException {
        String internal = ", internal_database: " + mariadb.name() + "_internal";
        String mysql = Endpoints.login(mariadb) + ", database: " + mariadb.name();
        try (PostgresDatabase back = PostgresServer.shared().createDatabase()) {
            isProven(Endpoints.postgres(Endpoints.login(postgres)), Endpoints.mysql(mysql + internal), "public.goods");
            isProven(
                    Endpoints.mysql(mysql),
                    Endpoints.postgres(Endpoints.login(back) + ", schema: public"),
                    mariadb.name() + ".goods");
            isProven(
                    Endpoints.postgres(Endpoints.login(back)),
                    "{connector: duckdb, config: {path: copy.duckdb}}",
                    "*.goods");
            isProven(
                    "{connector: duckdb, config: {path: copy.duckdb}}",
                    "{connector: duckdb, config: {path: last.duckdb}}",
                    "*.goods");
        } finally {
            mariadb.execute("DROP DATABASE IF EXISTS " + mariadb.name() + "_internal");
        }
    }

    private void isProven(String source, String destination, String stream) throws IOException {
        Files.writeString(
                folder.resolve("sluice.yaml"),
                "source: " + source + "\ndestination: " + destination + "\nstreams: {\"" + stream
                        + "\": {mode: full_refresh_overwrite, fields: " + FIELDS + "}}\n");
        InProcess.run(folder, "sync");

        assertThat(InProcess.run(folder, "verify")).contains("equal").contains(INSIDE);
        assertThat(InProcess.run(folder, "verify", "--read")).contains("equal").doesNotContain(INSIDE);
    }
}
