package dev.sluice.server.auth;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.sluice.server.store.TestStore;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a server may listen, how passwords are kept, and how often somebody may ask. */
class LoginRulesTest {
    private static final LoginRules LOGIN = new LoginRules(true, false);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost", "127.1.2.3"})
    void thisMachineNeedsNoLogin(String host) {
        assertThatNoException().isThrownBy(() -> LoginRules.NONE.requireSafe(host));
        assertThatNoException().isThrownBy(() -> LOGIN.requireSafe(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "", "no such host.invalid"})
    void othersNeedALogin(String host) {
        assertProblem(() -> LoginRules.NONE.requireSafe(host), "E_OPEN_TO_ALL");
        assertThatNoException().isThrownBy(() -> LOGIN.requireSafe(host));
    }

    @Test
    void passwordsAreKeptAsHashesWithASaltEach() {
        Accounts accounts = new Accounts(TestStore.CLOCK, 10);
        String hash = accounts.hash("correct horse battery");
        assertThat(hash).doesNotContain("correct").isNotEqualTo(accounts.hash("correct horse battery"));
        assertThat(Passwords.matches("correct horse battery", hash)).isTrue();
        assertThat(Passwords.matches("correct horse batterz", hash)).isFalse();
        assertThat(Passwords.matches("", "")).isFalse();
        assertProblem(() -> accounts.hash("too short"), "E_PASSWORD");
    }

    @Test
    void aLimitFillsUpAgain() {
        Clock[] now = {TestStore.CLOCK};
        RateLimit limit = new RateLimit(2, Duration.ofSeconds(10), new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return now[0].getZone();
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public java.time.Instant instant() {
                return now[0].instant();
            }
        });
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
        assertThat(limit.allows("a")).isFalse();
        assertThat(limit.take("b")).isTrue();
        now[0] = Clock.offset(TestStore.CLOCK, Duration.ofSeconds(5));
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
        for (int i = 0; i < 10_001; i++) {
            limit.take("x" + i);
        }
        assertThat(limit.allows("a")).as("forgotten").isTrue();
    }
}
