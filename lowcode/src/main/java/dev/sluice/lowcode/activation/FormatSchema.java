package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The JSON schema of definitions, which editors use too: which members the parts have, which they need, and which words they take. */
final class FormatSchema {
    /** The part that is the definition itself. */
    static final String ROOT = "";

    private static final String FILE = "destination.schema.json";
    private static final Object SCHEMA = read();

    private FormatSchema() {}

    private static Object read() {
        try (InputStream in = FormatSchema.class.getResourceAsStream(FILE)) {
            return JsonValues.read(Objects.requireNonNull(in, FILE).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Object part(String name) {
        return name.equals(ROOT) ? SCHEMA : Values.member(Values.member(SCHEMA, "$defs"), name);
    }

    /** The members that a part may have. */
    static List<String> members(String part) {
        return Values.mapOrEmpty(Values.member(part(part), "properties")).keySet().stream()
                .map(Values::str)
                .toList();
    }

    /** The members that it needs. */
    static List<String> required(String part) {
        return texts(Values.member(part(part), "required"));
    }

    /** The words that a member takes; empty if it takes others too. */
    static List<String> words(String part, String member) {
        Map<Object, Object> properties = Values.mapOrEmpty(Values.member(part(part), "properties"));
        return texts(Values.member(properties.getOrDefault(member, Map.of()), "enum"));
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> all
                ? Values.asList(all).stream().map(Values::str).toList()
                : List.of();
    }
}
