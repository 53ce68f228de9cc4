package dev.sluice.testkit.rows;

import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Tells whether a value that was stored in a wider type still means the same: a number written differently, a date as
 * midnight, a JSON text with other blanks. Exact fits are not judged by meaning but by equal text.
 */
public final class Meaning {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNumberLength(1_000_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Meaning() {}

    /**
     * True if both texts mean the same value.
     *
     * @param type the type of the field that the value was read from
     * @param expected its canonical text
     * @param actual the text as it is stored
     */
    public static boolean same(DataType type, String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        return switch (type) {
            case DataType.BoolType ignored -> actual.equals(expected.equals("true") ? "1" : "0");
            case DataType.IntType ignored -> sameNumber(expected, actual);
            case DataType.DecimalType ignored -> sameNumber(expected, actual);
            case DataType.FloatType(int bits) ->
                bits == 32 ? sameFloat(expected, actual) : sameNumber(expected, actual);
            case DataType.UuidType ignored -> expected.equalsIgnoreCase(actual);
            case DataType.DateType ignored ->
                actual.equals(expected + "T00:00:00") || actual.equals(expected + "T00:00:00Z");
            case DataType.TimeType(int ignored, boolean zoned) ->
                sameMoment(new DataType.TimeType(9, zoned), expected, actual);
            case DataType.TimestampType(int ignored, boolean zoned) ->
                sameMoment(new DataType.TimestampType(9, zoned), expected, actual);
            case DataType.JsonType ignored -> sameJson(expected, actual);
            case DataType.ArrayType ignored -> sameJson(expected, actual);
            case DataType.ObjectType ignored -> sameJson(expected, actual);
            case DataType.TextType ignored -> false;
            case DataType.BinaryType ignored -> expected.equals(actual.toLowerCase(Locale.ROOT));
            case DataType.UnknownType ignored -> false;
        };
    }

    private static boolean sameNumber(String expected, String actual) {
        try {
            return new BigDecimal(expected).compareTo(new BigDecimal(actual)) == 0;
        } catch (NumberFormatException special) {
            return sameDouble(expected, actual);
        }
    }

    /** NaN and the infinities, of which a decimal notation knows nothing. */
    private static boolean sameDouble(String expected, String actual) {
        try {
            double value = Double.parseDouble(expected);
            return !Double.isFinite(value) && Double.compare(value, Double.parseDouble(actual)) == 0;
        } catch (NumberFormatException other) {
            return false;
        }
    }

    /** A float32 that was stored in 64 bits has more digits and the same value. */
    private static boolean sameFloat(String expected, String actual) {
        try {
            float stored = (float) Double.parseDouble(actual);
            float value = Float.parseFloat(expected);
            return value == stored || Float.compare(value, stored) == 0;
        } catch (NumberFormatException other) {
            return false;
        }
    }

    private static boolean sameMoment(DataType finest, String expected, String actual) {
        try {
            return Values.canonical(finest, expected).equals(Values.canonical(finest, actual));
        } catch (IllegalArgumentException | DateTimeException other) {
            return false;
        }
    }

    private static boolean sameJson(String expected, String actual) {
        try {
            return normal(expected).equals(normal(actual));
        } catch (IllegalArgumentException notJson) {
            return false;
        }
    }

    /**
     * A JSON text as nested lists and sorted maps: of a key that occurs twice the last one counts, blanks and the notation
     * of numbers do not.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public static Object normal(String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            Object value = normal(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("there is more than one JSON value");
            }
            return value;
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException("not valid JSON: " + notJson.getOriginalMessage(), notJson);
        }
    }

    private static Object normal(JsonParser parser, @Nullable JsonToken token) {
        return switch (token) {
            case null -> throw new IllegalArgumentException("the JSON text is empty");
            case START_OBJECT -> {
                TreeMap<String, Object> map = new TreeMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    map.put(key, normal(parser, parser.nextToken()));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(normal(parser, next));
                }
                yield list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                List.of("number", new BigDecimal(parser.getString()).stripTrailingZeros());
            case VALUE_STRING -> List.of("string", parser.getString());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> List.of(token.asString());
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalArgumentException("unexpected " + token);
        };
    }
}
