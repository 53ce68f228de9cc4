package dev.sluice.server.api.own;

import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.catalog.StreamId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters of addresses as what they stand for. */
final class Asked {
    private Asked() {}

    static @Nullable Instant time(Call call, String name) {
        String text = call.parameter(name);
        try {
            // A plus that nobody encoded arrives as a blank.
            return text == null
                    ? null
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException malformed) {
            throw Refusal.badRequest(name + " has to be a time such as 2026-01-31T10:15:00Z");
        }
    }

    static int number(Call call, String name, int otherwise, int least, int most) {
        long number = call.number(name, otherwise);
        if (number < least || number > most) {
            throw Refusal.badRequest(name + " has to be between " + least + " and " + most);
        }
        return (int) number;
    }

    /** Constants of an enum, joined by commas. */
    static <E extends Enum<E>> Set<E> words(Call call, String name, Class<E> type) {
        Set<E> found = EnumSet.noneOf(type);
        String text = call.parameter(name);
        if (text != null) {
            for (String word : text.split(",", -1)) {
                found.add(word(word.strip(), name, type));
            }
        }
        return found;
    }

    static <E extends Enum<E>> E word(String word, String name, Class<E> type) {
        try {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw Refusal.badRequest(name + " has to be one of " + EnumSet.allOf(type));
        }
    }

    /** The stream that the parameters {@code namespace} and {@code stream} name; null for none. */
    static @Nullable StreamId stream(Call call) {
        String name = call.parameter("stream");
        return name == null ? null : StreamId.of(orNull(call.parameter("namespace")), name);
    }

    /** The streams that the body of a request names. */
    static Set<StreamId> streams(Call call) {
        return names(call, "streams");
    }

    /** A list of namespaces and names that a body holds; nothing if it holds none. */
    static Set<StreamId> names(Call call, String member) {
        Set<StreamId> streams = new LinkedHashSet<>();
        if (call.body().get(member) instanceof List<?> list) {
            for (Object each : list) {
                Map<String, @Nullable Object> members = JsonText.members(each);
                Object namespace = members.get("namespace");
                streams.add(StreamId.of(
                        orNull(namespace == null ? null : namespace.toString()), String.valueOf(members.get("name"))));
            }
        }
        return streams;
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
