package dev.sluice.cli.output;

import dev.sluice.cli.text.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON texts to and from maps, lists and scalars. Loaded only by commands that need it, as it takes its time to load. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

    private Json() {}

    /** The JSON text in one line. */
    public static String line(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The JSON text over several lines. */
    public static String pretty(@Nullable Object value) {
        return PRETTY.writeValueAsString(value);
    }

    /**
     * Reads a JSON text.
     *
     * @throws IllegalArgumentException if it is none; the message tells why
     */
    public static @Nullable Object read(String text) {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException(notJson.getOriginalMessage(), notJson);
        }
    }

    /** A copy of a value without secrets in any of its texts. */
    static @Nullable Object redacted(@Nullable Object value, Redactor redactor) {
        return switch (value) {
            case null -> null;
            case String text -> redactor.redact(text);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((key, each) -> copy.put(redactor.redact(String.valueOf(key)), redacted(each, redactor)));
                yield copy;
            }
            case Iterable<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(each -> copy.add(redacted(each, redactor)));
                yield copy;
            }
            default -> value;
        };
    }
}
