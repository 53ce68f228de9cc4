package dev.sluice.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresServerTest {
    @Test
    void isTheVersionThatWeTestWith() {
        try (PostgresDatabase database = PostgresServer.shared().createDatabase()) {
            assertThat(database.value("SHOW server_version")).startsWith("18.6");
            assertThat(database.value("SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(database.value("SHOW fsync")).isEqualTo("off");
            assertThat(database.value("SHOW wal_level")).isEqualTo("logical");
        }
    }

    @Test
    void databasesDoNotSeeEachOther() {
        try (PostgresDatabase one = PostgresServer.shared().createDatabase();
                PostgresDatabase other = PostgresServer.shared().createDatabase()) {
            one.execute("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1), (NULL)");
            assertThat(one.query("SELECT a FROM t ORDER BY a"))
                    .isEqualTo(List.of(List.of("1"), Arrays.asList((String) null)));
            assertThat(other.number("SELECT count(*) FROM pg_tables WHERE tablename = 't'"))
                    .isZero();
            assertThat(one.unprivileged()).isNotEqualTo(other.unprivileged());
        }
    }

    @Test
    void refusesWrongPasswords() {
        try (PostgresDatabase database = PostgresServer.shared().createDatabase()) {
            PostgresLogin wrong = new PostgresLogin("postgres", "guessed");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> database.connect(wrong))
                    .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void theOtherRoleMayLogInAndNothingElse() throws SQLException {
        try (PostgresDatabase database = PostgresServer.shared().createDatabase()) {
            database.execute("CREATE TABLE t (a int)");
            try (Connection connection = database.connect(database.unprivileged());
                    Statement statement = connection.createStatement()) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute("SELECT * FROM t"))
                        .withMessageContaining("permission denied");
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute("CREATE TABLE u (a int)"))
                        .withMessageContaining("permission denied");
            }
        }
    }

    @Test
    void cutsConnections() throws SQLException {
        try (PostgresDatabase database = PostgresServer.shared().createDatabase();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            database.cutConnections();
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
        }
    }

    @Test
    void comesBackAfterACrashWithWhatWasCommitted() {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.DEFAULTS.withDurability());
                PostgresDatabase database = server.createDatabase()) {
            assertThat(database.value("SHOW fsync")).isEqualTo("on");
            database.execute("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
            int port = server.port();
            server.stopImmediately();
            assertThatExceptionOfType(SQLException.class).isThrownBy(database::connect);
            server.startAgain();
            assertThat(server.port()).isEqualTo(port);
            assertThat(database.number("SELECT a FROM t")).isEqualTo(1);
            assertThat(server.log()).contains("automatic recovery in progress");
        }
    }

    @Test
    void offersTlsWithACertificateThatCanBeVerified(@TempDir Path files) throws Exception {
        PostgresOptions options = PostgresOptions.DEFAULTS.withTls().with("work_mem", "7MB");
        try (PostgresServer server = PostgresServer.start(options);
                PostgresDatabase database = server.createDatabase()) {
            assertThat(database.value("SHOW work_mem")).isEqualTo("7MB");
            Path trusted = Files.writeString(
                    files.resolve("root.crt"), server.certificate().certificatePem());
            PGSimpleDataSource source =
                    PostgresDatabase.dataSource("localhost", server.port(), database.name(), database.unprivileged());
            source.setSslMode("verify-full");
            source.setSslRootCert(trusted.toString());
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    var result = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
                result.next();
                assertThat(result.getBoolean(1)).isTrue();
            }
        }
    }
}
