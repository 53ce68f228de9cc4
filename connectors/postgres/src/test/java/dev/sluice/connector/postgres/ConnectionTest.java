package dev.sluice.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.fault.TlsCertificate;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresOptions;
import dev.sluice.testkit.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The server is reached in every way that the options offer, and a way that does not work is explained. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConnectionTest {
    private final TestContext context = new TestContext();
    private PostgresServer server = PostgresServer.shared();
    private PostgresDatabase database = server.createDatabase();

    @BeforeAll
    void startWithTls() {
        database.close();
        server = PostgresServer.start(PostgresOptions.DEFAULTS.withTls());
        database = server.createDatabase();
        database.execute("CREATE TABLE t (encrypted text)");
    }

    @AfterAll
    void stop() {
        database.close();
        server.close();
    }

    @Test
    void tlsIsUsedWhenTheServerOffersIt() {
        assertThat(check(Map.of()).succeeded()).isTrue();
        assertThat(isEncrypted(Map.of())).isTrue();
        assertThat(isEncrypted(Map.of("ssl_mode", Map.of("mode", "require")))).isTrue();
        assertThat(isEncrypted(Map.of("ssl_mode", Map.of("mode", "disable")))).isFalse();
    }

    @Test
    void aTrustedCertificateIsAccepted() {
        Map<String, Object> trusted = Map.of(
                "mode", "verify-full", "ca_certificate", server.certificate().certificatePem());
        assertThat(isEncrypted(Map.of("ssl_mode", trusted))).isTrue();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        String other = TlsCertificate.selfSigned("localhost").certificatePem();
        Problem problem = problem(Map.of("ssl_mode", Map.of("mode", "verify-ca", "ca_certificate", other)));
        assertThat(problem.code()).isEqualTo("E_TLS");
        assertThat(problem.kind()).isEqualTo(ProblemKind.UNREACHABLE);
        assertThat(problem(Map.of("ssl_mode", Map.of("mode", "verify-full"))).code())
                .isEqualTo("E_TLS");
    }

    @Test
    void malformedCertificatesAreAConfigurationProblem() {
        Map<String, Object> nonsense = Map.of("mode", "verify-ca", "ca_certificate", "not a certificate");
        Problem problem = problem(Map.of("ssl_mode", nonsense));
        assertThat(problem.kind()).isEqualTo(ProblemKind.CONFIG);
        assertThat(problem.where()).isEqualTo("ssl_mode");
    }

    @Test
    void addressesBecomeConfigurations() {
        Map<String, @Nullable Object> config = new PostgresSource()
                .fromUri("postgres://us%40er:p%2Bw+d@db.example:6543/my%20shop?sslmode=require&schema=sales")
                .orElseThrow()
                .values();
        assertThat(config)
                .containsEntry("host", "db.example")
                .containsEntry("port", 6543L)
                .containsEntry("username", "us@er")
                .containsEntry("password", "p+w+d")
                .containsEntry("database", "my shop")
                .containsEntry("ssl_mode", Map.of("mode", "require"))
                .containsEntry("schemas", List.of("sales"));
        assertThat(new PostgresSource()
                        .fromUri("postgresql://reader@my_db/shop")
                        .orElseThrow()
                        .values())
                .containsEntry("host", "my_db")
                .containsEntry("database", "shop");
        assertThat(new PostgresSource().fromUri("orders.csv")).isEmpty();
    }

    @Test
    void anAddressCannotReachTheDriver() {
        for (String address : new String[] {
            "postgres://u@h/db?socketFactory=x", "postgres://u@h/db?loggerFile=/tmp/x", "postgres://u@h:port/db"
        }) {
            assertThatThrownBy(() -> new PostgresSource().fromUri(address)).hasMessageContaining("E_BAD_ADDRESS");
        }
        // A name of a database with the driver's own syntax in it stays a name.
        Problem problem = problem(Map.of("database", "x?loggerLevel=TRACE&user=other"));
        assertThat(problem.code()).isEqualTo("E_NO_DATABASE");
    }

    private boolean isEncrypted(Map<String, Object> otherwise) {
        database.execute("DROP VIEW IF EXISTS me");
        database.execute("CREATE VIEW me AS SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
        try (Source source = open(otherwise)) {
            return OneValue.read(source, "me").equals("true");
        }
    }

    private CheckReport check(Map<String, Object> otherwise) {
        try (Source source = open(otherwise)) {
            return source.check();
        }
    }

    private Problem problem(Map<String, Object> otherwise) {
        return check(otherwise).firstProblem().orElseThrow();
    }

    private Source open(Map<String, Object> otherwise) {
        return new PostgresSource().open(Config.of(PostgresFixture.config(database, otherwise)), context);
    }
}
