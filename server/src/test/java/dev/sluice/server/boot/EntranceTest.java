package dev.sluice.server.boot;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.auth.FirstAdmin;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.net.ReachGuard;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes into a server, as it is told. */
class EntranceTest {
    private static final String HERE = "127.0.0.1";

    @Test
    void beyondThisMachinePeopleLogIn() {
        assertThat(Entrance.of(HERE, Map.of()).rules()).isEqualTo(LoginRules.NONE);
        assertThat(Entrance.of("0.0.0.0", Map.of()).rules().required()).isTrue();
        assertThat(Entrance.of(HERE, Map.of("SLUICE_LOGIN", "required", "SLUICE_BASIC", "true"))
                        .rules())
                .isEqualTo(new LoginRules(true, true));
        Entrance proxied = Entrance.of(HERE, Map.of("SLUICE_BEHIND_PROXY", "true"));
        assertThat(proxied.rules().required()).isTrue();
        assertThat(proxied.behindProxy()).isTrue();
        for (Map<String, String> wrong : List.of(
                Map.of("SLUICE_LOGIN", "perhaps"),
                Map.of("SLUICE_BASIC", "1"),
                Map.of("SLUICE_LOGIN", "none", "SLUICE_BEHIND_PROXY", "true"))) {
            assertProblem(() -> Entrance.of(HERE, wrong), "E_SERVER_SETTING");
        }
    }

    @Test
    void theFirstAccountIsNamedByWhoStartsTheServer() {
        Map<String, String> told = Map.of(
                "SLUICE_LOGIN",
                "required",
                "SLUICE_ADMIN_EMAIL",
                "a@example.org",
                "SLUICE_ADMIN_PASSWORD",
                "long enough for it");
        try (TestStore opened = TestStore.open(Dialect.SQLITE)) {
            assertProblem(
                    () -> Entrance.of("0.0.0.0", Map.of("SLUICE_ADMIN_EMAIL", "a@example.org"))
                            .firstAdmin(opened.store(), TestStore.CLOCK),
                    "E_SERVER_SETTING");
            for (int start = 0; start < 2; start++) {
                FirstAdmin first = Entrance.of(HERE, told).firstAdmin(opened.store(), TestStore.CLOCK);
                assertThat(first.token()).isEmpty();
            }
            assertThat(opened.store().<Long>read(transaction -> transaction.count("SELECT count(*) AS n FROM account")))
                    .isEqualTo(1);
        }
    }

    @Test
    void filesOfASharedServerAreOpenedBelowNamedFoldersOnly(@TempDir Path folder) throws IOException {
        String spec = "{\"properties\":{\"path\":{\"type\":\"string\",\"format\":\"path\"}}}";
        Path files = folder.toRealPath();
        Config inside = Config.of(Map.of("path", files + "/a.csv"));
        Config outside = Config.of(Map.of("path", "/etc/passwd"));
        Map<String, String> shared = Map.of("SLUICE_LOGIN", "required");

        Entrance.of(HERE, Map.of()).reach().require(spec, outside);
        assertProblem(() -> Entrance.of(HERE, shared).reach().require(spec, inside), "E_PLACE");
        ReachGuard named =
                Entrance.of("0.0.0.0", Map.of("SLUICE_FILES", files.toString())).reach();
        named.require(spec, inside);
        assertProblem(() -> named.require(spec, outside), "E_PLACE");
        assertProblem(
                () -> Entrance.of("0.0.0.0", Map.of("SLUICE_FILES", files + "/none"))
                        .reach(),
                "E_SERVER_SETTING");
    }

    @Test
    void configurationsSeeNoVariableThatNobodyNamed() {
        Map<String, String> told =
                Map.of("CLOUD_KEY", "k", "SHOP", "s", "SLUICE_STORE", "x", "SLUICE_VARIABLES", "SHOP, SLUICE_STORE");
        assertThat(Entrance.of(HERE, told).variable("CLOUD_KEY")).isEqualTo("k");
        assertThat(Entrance.of(HERE, told).variable("SLUICE_STORE")).isNull();
        Entrance shared = Entrance.of("0.0.0.0", told);
        assertThat(shared.variable("CLOUD_KEY")).isNull();
        assertThat(shared.variable("SHOP")).isEqualTo("s");
        assertThat(shared.variable("SLUICE_STORE")).isNull();
    }
}
