package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a database through our source as a program of the protocol: all its streams share a state, which is kept and handed back. */
class ServedLogTest {
    @TempDir
    Path folder;

    private String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("lake.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getString(1);
        }
    }

    /** The launcher holds the counts of each state against what arrived, so a run that succeeds has counted right (I7). */
    @Test
    void streamsOfOneLogGoOnTogether() throws Exception {
        try (PostgresDatabase database = PostgresServer.shared().createDatabase()) {
            for (String table : new String[] {"a", "b"}) {
                database.execute(
                        "CREATE TABLE " + table + " (id bigint PRIMARY KEY, name text)",
                        "ALTER TABLE " + table + " REPLICA IDENTITY FULL",
                        "INSERT INTO " + table + " SELECT i, 'first' FROM generate_series(1, 500) AS i");
            }
            Files.writeString(folder.resolve("sluice.yaml"), """
                sources:
                  ours:
                    connector: {command: ["%s", connector, source-postgres]}
                    config: {%s, replication_method: {method: cdc, replication_slot: served_%s}}
                destinations:
                  lake: {connector: sqlite, config: {path: lake.sqlite}}
                connections:
                  c:
                    source: ours
                    destination: lake
                    streams:
                      public.a: {mode: incremental_append_deduped}
                      public.b: {mode: incremental_append_deduped}
                """.formatted(
                            Sluice.product().resolve("bin/sluice"), Endpoints.login(database), database.name()));
            Sluice.in(folder).run("sync").expect(0);
            assertThat(query("SELECT (SELECT count(*) FROM a) || ' ' || (SELECT count(*) FROM b)"))
                    .isEqualTo("500 500");
            assertThat(Sluice.in(folder)
                            .run("state", "show", "-o", "json")
                            .expect(0)
                            .toString())
                    .contains("shared_state")
                    .contains("replication slot served_" + database.name());
            database.execute(
                    "UPDATE a SET name = 'changed' WHERE id <= 3",
                    "DELETE FROM b WHERE id <= 10",
                    "INSERT INTO a VALUES (501, 'new')");
            Sluice.in(folder).run("sync").expect(0);
            assertThat(query("SELECT count(*) || ' ' || sum(name = 'changed') || ' ' || sum(name = 'new') FROM a"))
                    .isEqualTo("501 3 1");
            assertThat(query("SELECT count(*) FROM b WHERE _ab_cdc_deleted_at IS NULL"))
                    .isEqualTo("490");
            database.execute("SELECT pg_drop_replication_slot('served_" + database.name() + "')");
        }
    }
}
