package dev.sluice.server.api;

import dev.sluice.server.auth.Caller;
import dev.sluice.server.store.Page;
import dev.sluice.server.workspaces.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody may make.
 *
 * @param message what was sent
 * @param names the parts of the path that have names
 * @param caller who asks; {@link Caller#LOCAL} only where nobody has to log in
 * @param workspace the workspace that it is about; null if it is about none
 * @param body the content; empty if there is none
 */
public record Call(
        Message message,
        Map<String, String> names,
        Caller caller,
        @Nullable Workspace workspace,
        Map<String, @Nullable Object> body) {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 100;
    private static final int MOST_VALUES = 1_000;

    /** The workspace, of a route that is about one. */
    public Workspace workspaceOf() {
        return Objects.requireNonNull(workspace, "the route is about no workspace");
    }

    /** The id in the path. */
    public UUID id(String name) {
        return uuid(name, Objects.requireNonNull(names.get(name), name));
    }

    /** A header, by its name in lower case; null if it was not sent. */
    public @Nullable String header(String name) {
        return message.header(name);
    }

    /** A call of the same caller about a workspace, with another content. */
    public Call about(Workspace place, Map<String, @Nullable Object> content) {
        return new Call(message, names, caller, place, content);
    }

    /** A text of the content; null if it is not there. */
    public @Nullable String text(String name) {
        return body.get(name) instanceof String text ? text : null;
    }

    /** A text of the content that the shape of the request demands. */
    public String required(String name) {
        String text = text(name);
        if (text == null) {
            throw Refusal.badRequest(name + " is required");
        }
        return text;
    }

    /** An id of the content; null if it is not there. */
    public @Nullable UUID idOrNull(String name) {
        String text = text(name);
        return text == null ? null : uuid(name, text);
    }

    /** An id of the content that the shape of the request demands. */
    public UUID requiredId(String name) {
        return uuid(name, required(name));
    }

    /** A parameter of the address; null if it is not there. */
    public @Nullable String parameter(String name) {
        List<String> values = message.query().get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /** True if a parameter says so. */
    public boolean flag(String name) {
        return "true".equalsIgnoreCase(parameter(name));
    }

    /** An id of the address; null if it is not there. */
    public @Nullable UUID parameterId(String name) {
        String text = parameter(name);
        return text == null || text.isEmpty() ? null : uuid(name, text);
    }

    /** Texts of the address, each by itself or joined by commas; null if there are none. */
    public @Nullable List<String> texts(String name) {
        List<String> values = message.query().get(name);
        if (values == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (String value : values) {
            for (String part : value.split(",", -1)) {
                if (!part.isBlank()) {
                    texts.add(part.strip());
                }
            }
        }
        if (texts.size() > MOST_VALUES) {
            throw Refusal.badRequest(name + " has to have at most " + MOST_VALUES + " values");
        }
        return texts.isEmpty() ? null : texts;
    }

    /** Ids of the address, each by itself or joined by commas; null if there are none. */
    public @Nullable List<UUID> ids(String name) {
        List<String> texts = texts(name);
        return texts == null
                ? null
                : texts.stream().map(text -> uuid(name, text)).toList();
    }

    /** The part of a list that is asked for, and one more, which tells whether it goes on. */
    public Page page() {
        long limit = number("limit", DEFAULT_LIMIT);
        long offset = number("offset", 0);
        if (limit < 1 || limit > MOST) {
            throw Refusal.badRequest("limit has to be between 1 and " + MOST);
        }
        if (offset < 0) {
            throw Refusal.badRequest("offset cannot be negative");
        }
        return new Page((int) limit + 1, offset);
    }

    /** A parameter of the address that is a whole number. */
    public long number(String name, long otherwise) {
        String value = parameter(name);
        try {
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw Refusal.badRequest(name + " has to be a whole number");
        }
    }

    /** A text as an id. */
    public static UUID uuid(String name, String text) {
        try {
            UUID id = UUID.fromString(text);
            if (!id.toString().equalsIgnoreCase(text)) { // it takes shortened ones too
                throw new IllegalArgumentException("not a UUID");
            }
            return id;
        } catch (IllegalArgumentException notAnId) {
            throw Refusal.badRequest(name + " has to be a UUID");
        }
    }
}
