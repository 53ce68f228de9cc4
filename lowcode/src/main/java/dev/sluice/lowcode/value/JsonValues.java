package dev.sluice.lowcode.value;

import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads JSON into values and writes it. Of a key that stands twice in an object, the last counts. Thread-safe. */
public final class JsonValues {
    private static final int MOST_DEPTH = 200;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxStringLength(256 << 20)
                    .maxNumberLength(5000)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonValues() {}

    /**
     * Reads one JSON text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Object read(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return whole(parser);
        } catch (JacksonException notJson) {
            throw damaged(notJson);
        }
    }

    /**
     * Reads one JSON text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Object read(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return whole(parser);
        } catch (JacksonException notJson) {
            throw damaged(notJson);
        }
    }

    /** A parser over a stream, for texts that are read piece by piece with {@link #value}. */
    public static JsonParser parser(InputStream json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    private static IllegalArgumentException damaged(JacksonException notJson) {
        return new IllegalArgumentException("not valid JSON: " + notJson.getOriginalMessage(), notJson);
    }

    private static Object whole(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new IllegalArgumentException("the JSON text is empty");
        }
        Object value = value(parser, first);
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("there is more than one JSON value");
        }
        return value;
    }

    /** The value that begins with a token. */
    public static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    map.put(key, value(parser, parser.nextToken()));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                JsonToken next = parser.nextToken();
                while (next != JsonToken.END_ARRAY) {
                    list.add(value(parser, next));
                    next = parser.nextToken();
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> None.NONE;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalArgumentException("unexpected " + token);
        };
    }

    private static Object integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getBigIntegerValue();
        };
    }

    /** JSON without blanks. */
    public static String write(Object value) {
        return new Writer(",", ":", false).text(value);
    }

    /** JSON without blanks, with the keys of each object in order: the same text for the same value. */
    public static String canonical(Object value) {
        return new Writer(",", ":", true).text(value);
    }

    /** JSON as Python's {@code json.dumps} writes it, with a blank after commas and colons. */
    public static String spaced(Object value, boolean sorted) {
        return new Writer(", ", ": ", sorted).text(value);
    }

    private static final class Writer {
        private final StringBuilder out = new StringBuilder(200);
        private final String comma;
        private final String colon;
        private final boolean sorted;

        Writer(String comma, String colon, boolean sorted) {
            this.comma = comma;
            this.colon = colon;
            this.sorted = sorted;
        }

        String text(Object value) {
            write(value, 0);
            return out.toString();
        }

        private void write(Object value, int depth) {
            if (depth > MOST_DEPTH) {
                throw Fault.limit("JSON of more than " + MOST_DEPTH + " levels");
            }
            switch (value) {
                case None ignored -> out.append("null");
                case String text -> quote(text);
                case Double number -> out.append(real(number));
                case Long number -> out.append(number.longValue());
                case BigInteger number -> out.append(number);
                case Boolean truth -> out.append(truth.booleanValue());
                case Tuple(List<Object> items) -> array(items, depth);
                case Collection<?> items -> array(items, depth);
                case Map<?, ?> map -> object(map, depth);
                default -> throw Fault.type(Values.typeName(value) + " is not JSON serializable");
            }
        }

        private static String real(double number) {
            if (Double.isNaN(number)) {
                return "NaN";
            }
            return Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : Repr.real(number);
        }

        private void array(Collection<?> items, int depth) {
            out.append('[');
            String before = "";
            for (Object each : items) {
                out.append(before);
                write(each, depth + 1);
                before = comma;
            }
            out.append(']');
        }

        private void object(Map<?, ?> map, int depth) {
            Map<?, ?> ordered = map;
            if (sorted) {
                Map<String, Object> tree = new TreeMap<>();
                map.forEach((key, value) -> tree.put(key(key), value));
                ordered = tree;
            }
            out.append('{');
            String before = "";
            for (Map.Entry<?, ?> entry : ordered.entrySet()) {
                out.append(before);
                quote(key(entry.getKey()));
                out.append(colon);
                write(entry.getValue(), depth + 1);
                before = comma;
            }
            out.append('}');
        }

        private static String key(Object key) {
            return switch (key) {
                case None ignored -> "null";
                case Boolean truth -> truth.toString();
                default -> Values.str(key);
            };
        }

        private void quote(String text) {
            out.append('"');
            int from = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < 0x20 || c == '"' || c == '\\') {
                    out.append(text, from, i);
                    escape(c);
                    from = i + 1;
                }
            }
            out.append(text, from, text.length()).append('"');
        }

        private void escape(char c) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(String.format("\\u%04x", (int) c));
            }
        }
    }
}
