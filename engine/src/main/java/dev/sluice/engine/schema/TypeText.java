package dev.sluice.engine.schema;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes types as text that can be read again, and reads one line of such text. */
final class TypeText {
    private final String text;
    private int at;

    TypeText(String text) {
        this.text = text;
    }

    static String write(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> "bool";
            case DataType.IntType(int bits) -> "int(" + bits + ")";
            case DataType.DecimalType(int precision, int scale) -> "decimal(" + precision + "," + scale + ")";
            case DataType.FloatType(int bits) -> "float(" + bits + ")";
            case DataType.TextType ignored -> "text";
            case DataType.BinaryType ignored -> "binary";
            case DataType.UuidType ignored -> "uuid";
            case DataType.DateType ignored -> "date";
            case DataType.TimeType(int precision, boolean zoned) -> (zoned ? "timetz(" : "time(") + precision + ")";
            case DataType.TimestampType(int precision, boolean zoned) ->
                (zoned ? "timestamptz(" : "timestamp(") + precision + ")";
            case DataType.JsonType ignored -> "json";
            case DataType.ArrayType(DataType element) -> "array(" + write(element) + ")";
            case DataType.ObjectType(List<Field> fields) ->
                fields.stream()
                        .map(field -> quoted(field.name()) + " " + write(field.type()))
                        .collect(Collectors.joining(",", "object(", ")"));
            case DataType.UnknownType(String sourceType) -> "unknown(" + quoted(sourceType) + ")";
        };
    }

    /** A text in quotes, on one line. */
    static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    /** True if more is on the line. */
    boolean hasMore() {
        skipBlanks();
        return at < text.length();
    }

    /** The next word. */
    String word() {
        skipBlanks();
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        return text.substring(from, at);
    }

    /** The next text in quotes. */
    String string() {
        skipBlanks();
        expect('"');
        StringBuilder result = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char sign = text.charAt(at++);
            if (sign == '\\' && at < text.length()) {
                char escaped = text.charAt(at++);
                sign = escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped;
            }
            result.append(sign);
        }
        expect('"');
        return result.toString();
    }

    /** The next type. */
    DataType type() {
        String name = word();
        return switch (name) {
            case "bool" -> new DataType.BoolType();
            case "text" -> new DataType.TextType();
            case "binary" -> new DataType.BinaryType();
            case "uuid" -> new DataType.UuidType();
            case "date" -> new DataType.DateType();
            case "json" -> new DataType.JsonType();
            default -> {
                expect('(');
                DataType type = withArguments(name);
                expect(')');
                yield type;
            }
        };
    }

    /** Refuses what follows. */
    void end() {
        if (hasMore()) {
            throw unreadable();
        }
    }

    private DataType withArguments(String name) {
        return switch (name) {
            case "int" -> new DataType.IntType(number());
            case "float" -> new DataType.FloatType(number());
            case "decimal" -> {
                int precision = number();
                expect(',');
                yield new DataType.DecimalType(precision, number());
            }
            case "time" -> new DataType.TimeType(number(), false);
            case "timetz" -> new DataType.TimeType(number(), true);
            case "timestamp" -> new DataType.TimestampType(number(), false);
            case "timestamptz" -> new DataType.TimestampType(number(), true);
            case "array" -> new DataType.ArrayType(type());
            case "object" -> new DataType.ObjectType(fields());
            case "unknown" -> new DataType.UnknownType(string());
            default -> throw unreadable();
        };
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != ')') {
            if (!fields.isEmpty()) {
                expect(',');
            }
            fields.add(new Field(string(), type()));
        }
        return fields;
    }

    private int number() {
        return Integer.parseInt(word());
    }

    private void expect(char sign) {
        if (at >= text.length() || text.charAt(at) != sign) {
            throw unreadable();
        }
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException unreadable() {
        return new IllegalArgumentException("a stream's description cannot be read at " + at + " of: " + text);
    }
}
