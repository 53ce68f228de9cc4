package dev.sluice.server.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON. Texts may come from anybody: names stand once in an object, nothing follows the end, and there
 * are limits to depth and to the length of numbers. How long a text may be is up to whoever receives it.
 */
public final class JsonText {
    /** How deep objects and lists may lie in each other. */
    private static final int DEEPEST = 100;

    private static final int LONGEST_NUMBER = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonText() {}

    /** A value as a text in one line. */
    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is no JSON; the message repeats none of its values
     */
    public static @Nullable Object read(String text) {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JacksonException notJson) {
            var place = notJson.getLocation();
            String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            throw new IllegalArgumentException("the text is not JSON" + where); // its own message quotes the text
        }
    }

    /**
     * Reads a text that is an object.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Map<String, @Nullable Object> object(String text) {
        return members(read(text));
    }

    /**
     * A value as the object that it is.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Map<String, @Nullable Object> members(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("the JSON text is not an object");
        }
        Map<String, @Nullable Object> members = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((name, member) -> members.put(String.valueOf(name), member));
        return members;
    }
}
