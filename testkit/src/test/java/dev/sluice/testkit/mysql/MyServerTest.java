package dev.sluice.testkit.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MyServerTest {
    @Test
    void databasesDoNotSeeEachOther() {
        try (MyDatabase one = MyServer.shared().createDatabase();
                MyDatabase other = MyServer.shared().createDatabase()) {
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
    void bothProductsRun() {
        for (MyProduct product : MyProduct.values()) {
            MyServer server = MyServer.shared(product);
            try (MyDatabase database = server.createDatabase()) {
                assertThat(database.product()).isEqualTo(product);
                assertThat(String.valueOf(database.value("SELECT version()")).contains("MariaDB"))
                        .isEqualTo(product == MyProduct.MARIADB);
                assertThat(database.value("SELECT @@log_bin")).isEqualTo("1");
                assertThat(database.query("SELECT seq FROM " + database.numbersTo(3)))
                        .hasSize(3);
            }
        }
    }

    @Test
    void refusesWrongPasswordsAndAccountsWithoutOne() {
        try (MyDatabase database = MyServer.shared().createDatabase()) {
            for (MyLogin wrong : List.of(new MyLogin("admin", "guessed"), MyServer.NOBODY)) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> database.connect(wrong))
                        .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28000"));
            }
        }
    }

    @Test
    void theOtherAccountMayLogInAndNothingElse() {
        try (MyDatabase database = MyServer.shared().createDatabase()) {
            database.execute("CREATE TABLE t (a int)");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> database.connect(database.unprivileged()))
                    .withMessageContaining("Access denied");
        }
    }

    @Test
    void whatWasCommittedSurvivesACrash() throws SQLException {
        try (MyServer server = MyServer.start(MyOptions.DEFAULTS.withDurability());
                MyDatabase database = server.createDatabase()) {
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
        try (MyServer server = MyServer.start(MyOptions.DEFAULTS.withTls());
                MyDatabase database = server.createDatabase()) {
            assertThat(database.value("SELECT @@have_ssl")).isEqualTo("YES");
            assertThat(server.certificate().certificatePem()).contains("BEGIN CERTIFICATE");
        }
    }
}
