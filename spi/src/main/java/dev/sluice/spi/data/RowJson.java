package dev.sluice.spi.data;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row as a JSON object, so that people can read it and send it again: numbers and truth values as such, everything else
 * as its canonical text, JSON documents too, so that each value comes back exactly as it was.
 */
public final class RowJson {
    private RowJson() {}

    /** The row of a batch. */
    public static byte[] of(RecordBatch batch, int row) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < batch.schema().size(); i++) {
            Field field = batch.schema().field(i);
            if (i > 0) {
                json.append(',');
            }
            append(json, field.name());
            json.append(':');
            Optional<String> text = ValueText.of(field.type(), batch.column(i), row);
            if (text.isEmpty()) {
                json.append("null");
            } else if (isBare(field.type(), text.get())) {
                json.append(text.get());
            } else {
                append(json, text.get());
            }
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a row that {@link #of} wrote: its fields by name, each with the text of its value, or null.
     *
     * @return null if the bytes are no such row, as when only the first of them are there
     */
    public static @Nullable Map<String, @Nullable String> read(byte[] json) {
        return new RowJsonReader(new String(json, StandardCharsets.UTF_8)).read();
    }

    /** True for what JSON itself has a form for: its numbers do not begin with NaN or an infinity. */
    private static boolean isBare(DataType type, String text) {
        return switch (type) {
            case DataType.BoolType ignored -> true;
            case DataType.IntType ignored -> true;
            case DataType.DecimalType ignored -> isNumber(text);
            case DataType.FloatType ignored -> isNumber(text);
            case DataType.TextType ignored -> false;
            case DataType.BinaryType ignored -> false;
            case DataType.UuidType ignored -> false;
            case DataType.DateType ignored -> false;
            case DataType.TimeType ignored -> false;
            case DataType.TimestampType ignored -> false;
            case DataType.JsonType ignored -> false;
            case DataType.ArrayType ignored -> false;
            case DataType.ObjectType ignored -> false;
            case DataType.UnknownType ignored -> false;
        };
    }

    private static boolean isNumber(String text) {
        return text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    }

    /** A text as JSON has it, with its quotes. */
    public static String text(String text) {
        StringBuilder json = new StringBuilder();
        append(json, text);
        return json.toString();
    }

    private static void append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (character < 0x20) {
                        json.append(String.format("\\u%04x", (int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        json.append('"');
    }
}
