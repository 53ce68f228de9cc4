package dev.sluice.lowcode.http;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request for a token: a form that is posted, and repeated while the service is busy. */
public final class TokenCall {
    private TokenCall() {}

    /**
     * Sends it.
     *
     * @param asQuery true if the fields go into the address
     * @param attempts how often at most
     * @return the last answer, whatever it says
     */
    public static Answer send(
            Surroundings surroundings,
            String endpoint,
            Map<String, String> headers,
            Map<String, Object> fields,
            boolean asQuery,
            int attempts) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        byte[] body = new byte[0];
        String url = endpoint;
        if (asQuery) {
            url = Urls.withQuery(endpoint, fields);
        } else {
            all.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
            boolean json = all.get("Content-Type").contains("json");
            body = json ? Requester.json(fields) : Urls.query(fields).getBytes(StandardCharsets.UTF_8);
        }
        return send(surroundings, new Call("POST", url, all, body), attempts);
    }

    /** Sends a request, and again while the service is busy. */
    public static Answer send(Surroundings surroundings, Call call, int attempts) {
        for (int attempt = 1; ; attempt++) {
            surroundings.requireWanted();
            try {
                Answer answer = surroundings.transport().send(call.from("", attempt));
                boolean busy = answer.status() == 429 || answer.status() >= 500;
                if (!busy || attempt >= attempts) {
                    return answer;
                }
            } catch (IOException broken) {
                if (attempt >= attempts) {
                    throw Problem.of(
                                    "E_HTTP_UNREACHABLE",
                                    ProblemKind.UNREACHABLE,
                                    "the service that gives tokens does not answer")
                            .at(call.place())
                            .because(broken.toString())
                            .exception(broken);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw Surroundings.cancelled();
            }
            surroundings.pause(Duration.ofSeconds((long) Math.pow(2, attempt)));
        }
    }
}
