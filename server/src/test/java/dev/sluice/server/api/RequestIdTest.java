package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each answer has the name of its request, so that a line of the log can be found by somebody who was refused. */
class RequestIdTest {
    private static String id(Reply reply) {
        return reply.headers().firstValue(RequestId.HEADER).orElse("");
    }

    @Test
    void eachAnswerCarriesOneAndTheCallersOwnIfItIsHarmless() {
        try (ApiHouse house = new ApiHouse(new LoginRules(true, false))) {
            assertThat(id(house.send("GET", "/v1/health", null, null, RequestId.HEADER, "run-7:step.2")))
                    .isEqualTo("run-7:step.2");
            for (String path : new String[] {"/openapi.json", "/v1/sources", "/nowhere", "/v1/a%2Fb"}) {
                String given = id(house.send("GET", path, null, null));
                assertThat(UUID.fromString(given)).as(path).isNotNull();
                assertThat(id(house.send("GET", path, null, null, RequestId.HEADER, "two words")))
                        .as("a new one each time, and nothing that others could take for more")
                        .isNotEqualTo(given)
                        .isNotEqualTo("two words");
            }
        }
    }

    @Test
    void whatNobodyExpectedIsInTheLogUnderThatName() {
        Answer answer = ScopedValue.where(RequestId.CURRENT, "run-7")
                .call(() -> Refusals.of(new IllegalStateException("secret")).answer());
        assertThat(answer.status()).isEqualTo(500);
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8))
                .contains("run-7")
                .doesNotContain("secret");
    }
}
