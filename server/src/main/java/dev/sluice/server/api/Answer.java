package dev.sluice.server.api;

import dev.sluice.server.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param status the number of HTTP
 * @param type the kind of content; null for none
 * @param text the content
 * @param headers what else is said
 * @param live what is written instead of the content, as long as somebody reads; null for nothing
 * @param binary the content where it is no text; null where it is
 */
public record Answer(
        int status,
        @Nullable String type,
        String text,
        Map<String, String> headers,
        @Nullable LiveContent live,
        @Nullable Bytes binary) {
    private static final String JSON = "application/json";

    public Answer {
        headers = Map.copyOf(headers);
    }

    private Answer(int status, @Nullable String type, String text) {
        this(status, type, text, Map.of(), null, null);
    }

    /** An object or list. Every success is a 200: clients compare the number. */
    public static Answer json(Object value) {
        return json(200, value);
    }

    static Answer json(int status, Object value) {
        return new Answer(status, JSON, JsonText.write(value));
    }

    /** A JSON text. */
    public static Answer jsonText(String text) {
        return new Answer(200, JSON, text);
    }

    /** Nothing but that it was done. */
    public static Answer done() {
        return new Answer(204, null, "");
    }

    /** A text for people. */
    public static Answer plain(String text) {
        return new Answer(200, "text/plain;charset=utf-8", text);
    }

    /** Events as they happen (SSE). */
    public static Answer events(LiveContent content) {
        // Whoever passes it on must not wait until there is more of it.
        return new Answer(200, "text/event-stream;charset=utf-8", "", Map.of("X-Accel-Buffering", "no"), content, null);
    }

    /**
     * A file.
     *
     * @param type the kind of content
     * @param name what it is called; letters, digits, dots and hyphens
     */
    public static Answer file(String type, String name, LiveContent content) {
        return new Answer(
                200, type, "", Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""), content, null);
    }

    /** A page for a browser. */
    static Answer page(String text) {
        return new Answer(200, "text/html;charset=utf-8", text);
    }

    /** A content that is no text. */
    static Answer bytes(String type, Bytes content) {
        return new Answer(200, type, "", Map.of(), null, content);
    }

    /** Sends a browser to another address. */
    public static Answer redirect(String address) {
        return new Answer(302, null, "").with("Location", address);
    }

    /** The answer with something that the browser keeps, for some paths of this server alone and out of reach of scripts. */
    public Answer kept(String cookie) {
        return with("Set-Cookie", cookie);
    }

    /** The answer with the version of the object in it, which a change names as {@code If-Match}. */
    public Answer tagged(long version) {
        return with("ETag", "\"" + version + "\"");
    }

    Answer with(String header, String value) {
        return with(Map.of(header, value));
    }

    Answer with(Map<String, String> said) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(said);
        return new Answer(status, type, text, all, live, binary);
    }

    byte[] bytes() {
        return binary == null ? text.getBytes(StandardCharsets.UTF_8) : binary.content();
    }
}
