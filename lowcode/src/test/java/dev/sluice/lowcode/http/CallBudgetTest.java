package dev.sluice.lowcode.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a service says to one thread about waiting holds for all that ask it, and for nobody else. */
class CallBudgetTest {
    private static final Instant NOW = Instant.parse("2024-03-10T00:00:00Z");

    private final Transport transport = new Transport();
    private final List<Duration> waits = new ArrayList<>();
    private final Surroundings waiting = new Surroundings(
            Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), transport, line -> {}, (time, own) -> waits.add(time));

    @AfterEach
    void close() {
        transport.close();
    }

    private static Call call(String url) {
        return new Call("GET", url, Map.of(), null);
    }

    private CallBudget budget(String json) {
        return new CallBudget(
                json.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Component(Values.mapOrEmpty(JsonValues.read(json)), "/api_budget")),
                waiting);
    }

    @Test
    void whoIsToldToWaitMakesAllWaitWhoAskTheSameHost() {
        CallBudget budget = budget("");
        budget.hold(call("https://api.example/a"), Duration.ofSeconds(30));
        budget.hold(call("https://api.example/b"), Duration.ofSeconds(10));
        budget.acquire(call("https://api.example/c?page=2"), waiting);
        assertThat(waits).containsExactly(Duration.ofSeconds(30));
        budget.acquire(call("https://other.example/c"), waiting);
        assertThat(waits).hasSize(1);
    }

    @Test
    void anAnswerThatNothingIsLeftClosesThePolicyThatItIsUnderAndNoOther() {
        CallBudget budget = budget("""
            {"type": "HTTPAPIBudget", "policies": [
              {"type": "FixedWindowCallRatePolicy", "period": "PT1H", "call_limit": 100, "matchers": [
                {"type": "HttpRequestRegexMatcher", "url_path_pattern": "^/a", "params": {"k": "1"}}]},
              {"type": "FixedWindowCallRatePolicy", "period": "PT1H", "call_limit": 100, "matchers": [
                {"type": "HttpRequestRegexMatcher", "url_path_pattern": "^/b"}]}]}
            """);
        Call first = call("https://api.example/a?k=1&x=2");
        String reset = Long.toString(NOW.getEpochSecond() + 20);
        budget.learn(
                first,
                new Answer(first, 200, Map.of("ratelimit-remaining", "0", "ratelimit-reset", reset), new byte[0]));
        budget.acquire(call("https://api.example/b"), waiting);
        budget.acquire(call("https://api.example/a?k=11"), waiting);
        assertThat(waits).isEmpty();
        List<Duration> waited = new ArrayList<>();
        // The clock stands still, so whoever waits is stopped, as it would wait for ever.
        Surroundings stopped =
                new Surroundings(Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), transport, line -> {}, (time, own) -> {
                    waited.add(time);
                    own.stop();
                });
        assertThatThrownBy(() -> budget.acquire(first, stopped)).isInstanceOf(ProblemException.class);
        assertThat(waited).containsExactly(Duration.ofSeconds(20));
    }
}
