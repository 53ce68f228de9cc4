package dev.sluice.testkit.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MariaDbServerTest {
    @Test
    void databasesDoNotSeeEachOther() {
        try (MariaDbDatabase one = MariaDbServer.shared().createDatabase();
                MariaDbDatabase other = MariaDbServer.shared().createDatabase()) {
            one.execute("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1), (NULL)");
            assertThat(one.query("SELECT a FROM t ORDER BY a IS NULL"))
                    .isEqualTo(List.of(List.of("1"), Arrays.asList((String) null)));
            assertThat(other.number("SELECT count(*) FROM information_schema.tables WHERE table_schema = database()"))
                    .isZero();
            assertThat(one.unprivileged()).isNotEqualTo(other.unprivileged());
            assertThat(one.value("SELECT version()")).contains("MariaDB");
        }
    }

    @Test
    void refusesWrongPasswordsAndAccountsWithoutOne() {
        try (MariaDbDatabase database = MariaDbServer.shared().createDatabase()) {
            for (MariaDbLogin wrong : List.of(new MariaDbLogin("admin", "guessed"), MariaDbServer.NOBODY)) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> database.connect(wrong))
                        .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28000"));
            }
        }
    }

    @Test
    void theOtherAccountMayLogInAndNothingElse() {
        try (MariaDbDatabase database = MariaDbServer.shared().createDatabase()) {
            database.execute("CREATE TABLE t (a int)");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> database.connect(database.unprivileged()))
                    .withMessageContaining("Access denied");
        }
    }

    @Test
    void whatWasCommittedSurvivesACrash() throws SQLException {
        try (MariaDbServer server = MariaDbServer.start(MariaDbOptions.DEFAULTS.withDurability());
                MariaDbDatabase database = server.createDatabase()) {
            database.execute("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO t VALUES (2)");
                server.stopImmediately();
                assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
            }
            server.startAgain();
            assertThat(database.number("SELECT sum(a) FROM t")).isEqualTo(1);
        }
    }

    @Test
    void offersTlsWithItsOwnCertificate() {
        try (MariaDbServer server = MariaDbServer.start(MariaDbOptions.DEFAULTS.withTls());
                MariaDbDatabase database = server.createDatabase()) {
            assertThat(database.value("SELECT @@have_ssl")).isEqualTo("YES");
            assertThat(server.certificate().certificatePem()).contains("BEGIN CERTIFICATE");
        }
    }
}
