package dev.sluice.server.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An answer that says why something is not done, in the shape of the public API. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String REFERENCE = "https://reference.airbyte.com/reference/errors";

    private final int status;
    private final String title;
    private final String type;
    private final transient Map<String, Object> data;

    private Refusal(int status, String title, String type, Map<String, Object> data) {
        super(title);
        this.status = status;
        this.title = title;
        this.type = type;
        this.data = data;
    }

    /**
     * A refusal that a word of the public API stands for.
     *
     * @param title the word, such as {@code bad-request}
     * @param message why
     */
    public static Refusal of(int status, String title, String message) {
        return new Refusal(status, title, REFERENCE + "#" + title, Map.of("message", message));
    }

    /** A refusal with a type of its own, such as {@code error:tag-already-exists}. */
    public static Refusal typed(int status, String title, String type, String message) {
        return new Refusal(status, title, type, Map.of("message", message));
    }

    /** The request cannot be understood, or asks for what cannot be. */
    public static Refusal badRequest(String message) {
        return of(400, "bad-request", message);
    }

    /** A name stands for nothing. */
    public static Refusal unknownValue(String value) {
        return new Refusal(400, "value-not-found", REFERENCE, Map.of("value", value));
    }

    /** The content cannot be worked with. */
    public static Refusal unprocessable(String message) {
        return of(422, "unprocessable-entity", message);
    }

    /**
     * The content cannot be worked with.
     *
     * @param errors what is wrong, each with the {@code path} of its field
     */
    public static Refusal unprocessable(String message, List<Map<String, Object>> errors) {
        return unprocessable(message).with("errors", errors);
    }

    /** There is no such object. */
    public static Refusal notFound(String resource, String id) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("resourceType", resource);
        data.put("resourceId", id);
        return new Refusal(404, "resource-not-found", REFERENCE + "#resource-not-found", data);
    }

    /** There is no such object. */
    public static Refusal notFound(String resource, UUID id) {
        return notFound(resource, id.toString());
    }

    /** They may not. */
    public static Refusal forbidden() {
        return of(403, "forbidden", "the account has no role that allows this");
    }

    /** Why something was not done, where that is told among other things. */
    public static String words(RuntimeException failure) {
        Map<String, Object> known = Refusals.of(failure).data;
        if (known.get("message") instanceof String message) {
            return message;
        }
        return "there is no such " + known.getOrDefault("resourceType", "thing");
    }

    /** The refusal with more to read for programs. */
    public Refusal with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(data);
        more.put(name, value);
        return new Refusal(status, title, type, more);
    }

    int status() {
        return status;
    }

    Answer answer() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", status);
        body.put("type", type);
        body.put("title", title);
        if (data.get("message") instanceof String message) {
            body.put("detail", message);
        }
        body.put("data", data);
        return Answer.json(status, body);
    }
}
