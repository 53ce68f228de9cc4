package dev.sluice.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.fault.TlsCertificate;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyOptions;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The server is reached in every way that the options offer, and a way that does not work is explained. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConnectionTest {
    private final TestContext context = new TestContext();
    private final MyServer server = MyServer.start(MyOptions.DEFAULTS.withTls());
    private final MyDatabase database = server.createDatabase();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void tlsIsUsedWhenTheServerOffersIt() {
        assertThat(isEncrypted(Map.of())).isTrue();
        assertThat(isEncrypted(Map.of("ssl_mode", Map.of("mode", "required")))).isTrue();
        assertThat(isEncrypted(Map.of("ssl_mode", Map.of("mode", "disabled")))).isFalse();
    }

    @Test
    void aTrustedCertificateIsAccepted() {
        String own = server.certificate().certificatePem();
        assertThat(isEncrypted(Map.of("ssl_mode", Map.of("mode", "verify_identity", "ca_certificate", own))))
                .isTrue();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        String other = TlsCertificate.selfSigned("localhost").certificatePem();
        Problem problem = problem(Map.of("ssl_mode", Map.of("mode", "verify_ca", "ca_certificate", other)));
        assertThat(problem.code()).isEqualTo("E_TLS");
        assertThat(problem.kind()).isEqualTo(ProblemKind.UNREACHABLE);
        assertThat(problem(Map.of("ssl_mode", Map.of("mode", "verify_identity")))
                        .code())
                .isEqualTo("E_TLS");
    }

    /** As the certificates are that servers make for themselves: of no host at all. */
    @Test
    void theNameInTheCertificateMattersOnlyWhereTheHostIsVerified() {
        try (MyServer elsewhere = MyServer.start(MyOptions.DEFAULTS.withTlsOfAnother());
                MyDatabase there = elsewhere.createDatabase()) {
            String own = elsewhere.certificate().certificatePem();
            there.execute("CREATE TABLE t (id int)");
            for (Map<String, Object> mode : List.<Map<String, Object>>of(
                    Map.of(),
                    Map.of("ssl_mode", Map.of("mode", "preferred")),
                    Map.of("ssl_mode", Map.of("mode", "required")),
                    Map.of("ssl_mode", Map.of("mode", "verify_ca", "ca_certificate", own)))) {
                try (Source source = new MySqlSource().open(Config.of(TableFixture.config(there, mode)), context)) {
                    assertThat(source.check().firstProblem())
                            .as(mode.toString())
                            .isEmpty();
                }
            }
            Map<String, Object> verifying =
                    Map.of("ssl_mode", Map.of("mode", "verify_identity", "ca_certificate", own));
            try (Source source = new MySqlSource().open(Config.of(TableFixture.config(there, verifying)), context)) {
                assertThat(source.check().firstProblem().orElseThrow().code()).isEqualTo("E_TLS");
            }
        }
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereItIsRequired() {
        try (MyDatabase plain = MyServer.shared().createDatabase()) {
            Map<String, @Nullable Object> config =
                    TableFixture.config(plain, Map.of("ssl_mode", Map.of("mode", "required")));
            try (Source source = new MySqlSource().open(Config.of(config), context)) {
                assertThat(source.check().firstProblem().orElseThrow().code()).isEqualTo("E_TLS");
            }
        }
    }

    /** MySQL's accounts log in by caching_sha2_password; over TLS that takes nothing. */
    @Test
    void aPasswordIsNotShownToWhoeverPosesAsAServerWithoutTls() {
        Assumptions.assumeTrue(server.product() == MyProduct.MYSQL, "MariaDB's accounts log in otherwise");
        Map<String, Object> nothing = Map.of("driver_properties", Map.of());
        assertThat(isEncrypted(nothing)).isTrue();
        // An account that logged in before is known to the server by less, and this one never did.
        Problem problem = problem(Map.of(
                "driver_properties", Map.of(),
                "ssl_mode", Map.of("mode", "disabled"),
                "username", database.unprivileged().user(),
                "password", database.unprivileged().password()));
        assertThat(problem.code()).isEqualTo("E_AUTH_REFUSED");
        assertThat(problem.fix()).contains("TLS").contains("allowPublicKeyRetrieval");
    }

    @Test
    void addressesBecomeConfigurations() {
        Map<String, @Nullable Object> config = new MySqlSource()
                .fromUri("mysql://us%40er:p%2Bw+d@db.example:3307/my%20shop?ssl-mode=REQUIRED")
                .orElseThrow()
                .values();
        assertThat(config)
                .containsEntry("host", "db.example")
                .containsEntry("port", 3307L)
                .containsEntry("username", "us@er")
                .containsEntry("password", "p+w+d")
                .containsEntry("database", "my shop")
                .containsEntry("ssl_mode", Map.of("mode", "required"));
        assertThat(new MySqlDestination()
                        .fromUri("mariadb://writer@my_db/shop")
                        .orElseThrow()
                        .values())
                .containsEntry("host", "my_db")
                .containsEntry("database", "shop");
        assertThat(new MySqlSource().fromUri("orders.csv")).isEmpty();
    }

    @Test
    void nothingButWhatIsAllowedReachesTheDriver() {
        for (String address : List.of("mysql://u@h/db?allowLocalInfile=true", "mysql://u@h:port/db")) {
            assertThatThrownBy(() -> new MySqlSource().fromUri(address)).hasMessageContaining("E_BAD_ADDRESS");
        }
        for (String property : List.of("allowLocalInfile", "socketFactory", "initSql", "credentialType")) {
            assertThatThrownBy(() -> open(Map.of("driver_properties", Map.of(property, "x")))
                            .close())
                    .hasMessageContaining("is not allowed");
        }
        assertThatThrownBy(() ->
                        open(Map.of("host", "db:3306/x?allowLocalInfile=true#")).close())
                .hasMessageContaining("neither a name nor an address");
        try (Source source = open(Map.of("driver_properties", Map.of("connectTimeout", "5000")))) {
            assertThat(source.check().firstProblem().map(Problem::code)).hasValue("E_NOTHING_READABLE");
        }
    }

    private boolean isEncrypted(Map<String, Object> otherwise) {
        database.execute("CREATE OR REPLACE VIEW cipher AS SELECT VARIABLE_VALUE AS v FROM "
                + (server.product() == MyProduct.MARIADB
                        ? "information_schema.SESSION_STATUS"
                        : "performance_schema.session_status")
                + " WHERE VARIABLE_NAME = 'Ssl_cipher'");
        try (Source source = open(otherwise)) {
            return !OneRead.rows(source, StreamId.of(database.name(), "cipher"))
                    .getFirst()
                    .text(0)
                    .isEmpty();
        } finally {
            database.execute("DROP VIEW cipher");
        }
    }

    private Problem problem(Map<String, Object> otherwise) {
        try (Source source = open(otherwise)) {
            return source.check().firstProblem().orElseThrow();
        }
    }

    private Source open(Map<String, Object> otherwise) {
        return new MySqlSource().open(Config.of(TableFixture.config(database, otherwise)), context);
    }
}
