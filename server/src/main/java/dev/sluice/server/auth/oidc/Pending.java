package dev.sluice.server.auth.oidc;

import dev.sluice.server.json.JsonText;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was sent to the provider and has not come back. Their browser keeps it, sealed, so that any server of several
 * goes on with it, and nobody finishes what another one has begun.
 *
 * @param state tells the answer from others
 * @param nonce tells what the provider says of them from what it has said before
 * @param verifier what only this server knows until the code is exchanged
 * @param to the path that they wanted to see
 * @param until when it is too late
 */
record Pending(String state, String nonce, String verifier, String to, Instant until) {
    String text() {
        return JsonText.write(
                Map.of("state", state, "nonce", nonce, "verifier", verifier, "to", to, "until", until.toEpochMilli()));
    }

    static Pending of(String text) {
        Map<String, @Nullable Object> members = JsonText.object(text);
        return new Pending(
                String.valueOf(members.get("state")),
                String.valueOf(members.get("nonce")),
                String.valueOf(members.get("verifier")),
                String.valueOf(members.get("to")),
                Instant.ofEpochMilli(members.get("until") instanceof Number number ? number.longValue() : 0));
    }

    @Override
    public String toString() {
        return "Pending to " + to;
    }
}
