package dev.sluice.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.StaticDecisionForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The server is reached through a real SSH server, which alone knows the way to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TunnelTest {
    private static final String PASSWORD = "canary-ssh-91c2";

    private final TestContext context = new TestContext();
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final SshServer ssh = SshServer.setUpDefaultServer();
    private final KeyPair clientKey = newKey();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        database.execute("CREATE VIEW answer AS SELECT 42 AS n");
        ssh.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        ssh.setPort(0);
        ssh.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("host.key")));
        ssh.setPasswordAuthenticator((user, password, session) -> user.equals("hop") && password.equals(PASSWORD));
        ssh.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, clientKey.getPublic()));
        ssh.setForwardingFilter(new OnlyKnownHost());
        ssh.start();
    }

    @AfterAll
    void stop() throws IOException {
        ssh.stop();
        database.close();
    }

    @Test
    void goesThroughTheTunnelWithAPassword() {
        assertThat(answer(withPassword(PASSWORD, null))).isEqualTo("42");
        assertThat(context.lines()).anyMatch(line -> line.message().contains("has the key SHA256:"));
    }

    @Test
    void goesThroughTheTunnelWithAKey() {
        assertThat(answer(tunnel("SSH_KEY_AUTH", Map.of("ssh_key", pem(clientKey)))))
                .isEqualTo("42");
    }

    @Test
    void aWrongPasswordOrKeyIsExplained() {
        Problem password = problem(withPassword("canary-wrong-5d", null));
        assertThat(password.code()).isEqualTo("E_SSH_AUTH");
        assertThat(password.kind()).isEqualTo(ProblemKind.PERMISSION);
        assertThat(password.toString()).doesNotContain("canary");
        assertThat(problem(tunnel("SSH_KEY_AUTH", Map.of("ssh_key", pem(newKey()))))
                        .code())
                .isEqualTo("E_SSH_AUTH");
    }

    @Test
    void onlyTheExpectedServerIsTrustedOnceItsKeyIsKnown() throws Exception {
        String fingerprint = KeyUtils.getFingerPrint(
                BuiltinDigests.sha256,
                ssh.getKeyPairProvider().loadKeys(null).iterator().next().getPublic());
        assertThat(answer(withPassword(PASSWORD, fingerprint))).isEqualTo("42");
        assertThat(problem(withPassword(PASSWORD, "SHA256:" + "A".repeat(43))).code())
                .isEqualTo("E_SSH_HOST_KEY");
    }

    @Test
    void anSshServerThatIsNotThereIsExplained() {
        Map<String, Object> nowhere = new HashMap<>(withPassword(PASSWORD, null));
        nowhere.put("tunnel_port", 1);
        assertThat(problem(nowhere).code()).isEqualTo("E_SSH_UNREACHABLE");
    }

    private Map<String, Object> withPassword(String password, @Nullable String hostKey) {
        Map<String, Object> options = new HashMap<>(Map.of("tunnel_user_password", password));
        if (hostKey != null) {
            options.put("tunnel_host_key", hostKey);
        }
        return tunnel("SSH_PASSWORD_AUTH", options);
    }

    private Map<String, Object> tunnel(String method, Map<String, Object> options) {
        Map<String, Object> tunnel = new HashMap<>(options);
        tunnel.put("tunnel_method", method);
        tunnel.put("tunnel_host", ssh.getHost());
        tunnel.put("tunnel_port", ssh.getPort());
        tunnel.put("tunnel_user", "hop");
        return tunnel;
    }

    private String answer(Map<String, Object> tunnel) {
        try (Source source = open(tunnel)) {
            return OneValue.read(source, "answer");
        }
    }

    private Problem problem(Map<String, Object> tunnel) {
        try (Source source = open(tunnel)) {
            return source.check().firstProblem().orElseThrow();
        }
    }

    /** The name of the database's host means something to the SSH server only. */
    private Source open(Map<String, Object> tunnel) {
        Map<String, Object> otherwise = Map.of("host", OnlyKnownHost.NAME, "tunnel_method", tunnel);
        return new PostgresSource().open(Config.of(PostgresFixture.config(database, otherwise)), context);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String pem(KeyPair key) {
        String base64 = Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** Lets connections through to one name only. */
    private static final class OnlyKnownHost extends StaticDecisionForwardingFilter {
        static final String NAME = "localhost";

        OnlyKnownHost() {
            super(true);
        }

        @Override
        public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
            return address.getHostName().equals(NAME);
        }
    }
}
