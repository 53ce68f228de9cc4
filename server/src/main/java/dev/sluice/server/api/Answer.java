package dev.sluice.server.api;

import dev.sluice.server.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param status the number of HTTP
 * @param type the kind of content; null for none
 * @param text the content
 * @param headers what else is said
 */
public record Answer(int status, @Nullable String type, String text, Map<String, String> headers) {
    private static final String JSON = "application/json";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** An object or list. Every success is a 200: clients compare the number. */
    public static Answer json(Object value) {
        return json(200, value);
    }

    static Answer json(int status, Object value) {
        return new Answer(status, JSON, JsonText.write(value), Map.of());
    }

    /** A JSON text. */
    public static Answer jsonText(String text) {
        return new Answer(200, JSON, text, Map.of());
    }

    /** Nothing but that it was done. */
    public static Answer done() {
        return new Answer(204, null, "", Map.of());
    }

    /** A text for people. */
    public static Answer plain(String text) {
        return new Answer(200, "text/plain;charset=utf-8", text, Map.of());
    }

    Answer with(String header, String value) {
        return new Answer(status, type, text, Map.of(header, value));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
