package dev.sluice.testkit.http;

import dev.sluice.cdk.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request and its answer, as a file keeps them. Immutable. */
final class Exchange {
    private static final String HIDDEN = "hidden";
    private static final String TEXT = "answer";
    private static final String BYTES = "answerInBase64";

    /** Parts of names of parameters and headers whose values nobody may see. */
    private static final List<String> SECRET =
            List.of("auth", "token", "secret", "key", "password", "signature", "cookie", "session", "credential");

    /** Headers that say something of one transport only. */
    private static final List<String> PASSING = List.of(
            "connection", "content-length", "content-encoding", "transfer-encoding", "date", "server", "keep-alive");

    private final Key key;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] answer;

    /**
     * An exchange.
     *
     * @param key what tells the request from others
     * @param status the status of the answer
     * @param headers its headers
     * @param answer its content; not copied
     */
    Exchange(Key key, int status, Map<String, String> headers, byte[] answer) {
        this.key = key;
        this.status = status;
        this.headers = headers;
        this.answer = answer;
    }

    Key key() {
        return key;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] answer() {
        return answer;
    }

    /**
     * What tells a request from others.
     *
     * @param method the method
     * @param target path and parameters, sorted by name, without the values of secrets
     * @param body the body as text, empty if there is none
     */
    record Key(String method, String target, String body) {
        static Key of(String method, String path, @Nullable String query, byte[] body) {
            String sorted = query == null || query.isEmpty()
                    ? ""
                    : "?"
                            + Arrays.stream(query.split("&", -1))
                                    .map(Key::withoutSecret)
                                    .sorted()
                                    .collect(Collectors.joining("&"));
            return new Key(method, path + sorted, new String(body, StandardCharsets.UTF_8));
        }

        private static String withoutSecret(String parameter) {
            int equals = parameter.indexOf('=');
            return equals > 0 && isSecret(parameter.substring(0, equals))
                    ? parameter.substring(0, equals + 1) + HIDDEN
                    : parameter;
        }

        @Override
        public String toString() {
            return method + " " + target + (body.isEmpty() ? "" : " with " + body);
        }
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(lower::contains);
    }

    /** The headers of an answer that are worth keeping. */
    static Map<String, String> kept(Map<String, List<String>> headers) {
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.startsWith(":") && !PASSING.contains(lower) && !isSecret(lower)) {
                kept.put(lower, String.join(", ", values));
            }
        });
        return kept;
    }

    /** The exchange as a line of JSON. */
    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("method", key.method());
        map.put("target", key.target());
        if (!key.body().isEmpty()) {
            map.put("body", key.body());
        }
        map.put("status", status);
        map.put("headers", headers);
        String text = new String(answer, StandardCharsets.UTF_8);
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), answer)) {
            map.put(TEXT, text);
        } else {
            map.put(BYTES, Base64.getEncoder().encodeToString(answer));
        }
        return Json.write(map);
    }

    /** Reads what {@link #json} wrote, or somebody by hand. */
    static Exchange of(Map<?, ?> map) {
        if (!(map.get("method") instanceof String method)
                || !(map.get("target") instanceof String target)
                || !(map.get("status") instanceof Number status)) {
            throw new IllegalArgumentException("an exchange has a method, a target and a status: " + map.keySet());
        }
        Map<String, String> headers = new TreeMap<>();
        if (map.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        byte[] answer = map.get(BYTES) instanceof String base64
                ? Base64.getDecoder().decode(base64)
                : (map.get(TEXT) instanceof String text ? text : "").getBytes(StandardCharsets.UTF_8);
        String body = map.get("body") instanceof String text ? text : "";
        int question = target.indexOf('?');
        Key key = question < 0
                ? Key.of(method, target, null, body.getBytes(StandardCharsets.UTF_8))
                : Key.of(
                        method,
                        target.substring(0, question),
                        target.substring(question + 1),
                        body.getBytes(StandardCharsets.UTF_8));
        return new Exchange(key, status.intValue(), headers, answer);
    }

    /** The exchanges of a file. */
    static List<Exchange> all(String json) {
        if (!(Json.read(json) instanceof List<?> list)) {
            throw new IllegalArgumentException("the file holds no list of exchanges");
        }
        List<Exchange> all = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("the list holds something that is no exchange");
            }
            all.add(of(map));
        }
        return all;
    }
}
