package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.TypeNotation;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes CSV and JSON, plain or compressed. */
final class TextWriter implements FormatWriter {
    private final Kind kind;
    private final boolean gzip;

    TextWriter(Kind kind, boolean gzip) {
        this.kind = kind;
        this.gzip = gzip;
    }

    /** How records are written. */
    enum Kind {
        CSV(".csv"),
        JSON_LINES(".jsonl"),
        JSON_ARRAY(".json");

        private final String extension;

        Kind(String extension) {
            this.extension = extension;
        }
    }

    @Override
    public String extension() {
        return kind.extension + (gzip ? ".gz" : "");
    }

    @Override
    public boolean needsTypes() {
        return true;
    }

    @Override
    public boolean stores(DataType type, String text) {
        // The types that a configuration has no name for cannot be asked for.
        if (!TypeNotation.parse(type.notation()).equals(Optional.of(type))) {
            return false;
        }
        return switch (type) {
            case DataType.DateType _, DataType.TimestampType _ -> !text.endsWith("infinity");
            case DataType.TextType _ -> kind != Kind.CSV || !text.contains("\uFFFF") || !text.isEmpty();
            // The JSON null in a JSON file is the lack of a value, and a line of JSON has no line break in it.
            case DataType.JsonType _ -> !text.contains("\n") && (kind == Kind.CSV || !text.equals("null"));
            default -> true;
        };
    }

    @Override
    public void write(Path file, Schema schema, List<Row> rows) throws IOException {
        writeText(file, text(schema, rows));
    }

    private void writeText(Path file, String text) throws IOException {
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = gzip ? new GZIPOutputStream(raw) : raw) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String text(Schema schema, List<Row> rows) {
        return switch (kind) {
            case CSV ->
                header(schema) + rows.stream().map(row -> csvLine(schema, row)).collect(Collectors.joining());
            case JSON_LINES ->
                rows.stream().map(row -> jsonObject(schema, row) + "\n").collect(Collectors.joining());
            case JSON_ARRAY ->
                rows.stream().map(row -> jsonObject(schema, row)).collect(Collectors.joining(",\n ", "[", "]\n"));
        };
    }

    @Override
    public int poison(Path file, Schema schema) throws IOException {
        String text = switch (kind) {
            case CSV -> "id,name\none,bad\n1001,good\n5,too,many\n1002,good\n6\n";
            case JSON_LINES -> """
                {"id": "one", "name": "bad"}
                {"id": 1001, "name": "good"}
                {"id": 5, "name": "bad"
                {"id": 1002, "name": "good"}
                [6]
                """;
            case JSON_ARRAY -> """
                [{"id": "one", "name": "bad"}, {"id": 1001, "name": "good"},
                 {"id": 5.5, "name": "bad"}, {"id": 1002, "name": "good"}, [6]]
                """;
        };
        writeText(file, text);
        return 3;
    }

    private static String header(Schema schema) {
        return schema.names().stream().map(TextWriter::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String csvLine(Schema schema, Row row) {
        return IntStream.range(0, schema.size())
                .mapToObj(i -> csvField(schema.field(i).type(), row.value(i)))
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String csvField(DataType type, @Nullable String text) {
        if (text == null) {
            return "";
        }
        return switch (type) {
            case DataType.BoolType _,
                    DataType.IntType _,
                    DataType.DecimalType _,
                    DataType.FloatType _,
                    DataType.UuidType _,
                    DataType.DateType _,
                    DataType.TimeType _,
                    DataType.TimestampType _ -> text;
            case DataType.BinaryType _ -> "\\x" + text;
            case DataType.TextType _,
                    DataType.JsonType _,
                    DataType.ArrayType _,
                    DataType.ObjectType _,
                    DataType.UnknownType _ -> quoted(text);
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    static String jsonObject(Schema schema, Row row) {
        return IntStream.range(0, schema.size())
                .mapToObj(i -> jsonMember(schema.field(i), row.value(i)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String jsonMember(Field field, @Nullable String text) {
        return jsonText(field.name()) + ": " + (text == null ? "null" : jsonValue(field.type(), text));
    }

    private static String jsonValue(DataType type, String text) {
        return switch (type) {
            case DataType.BoolType _, DataType.IntType _ -> text;
            case DataType.DecimalType _, DataType.FloatType _ ->
                text.endsWith("y") || text.equals("NaN") ? jsonText(text) : text;
            case DataType.BinaryType _ -> jsonText("\\x" + text);
            case DataType.JsonType _, DataType.ArrayType _, DataType.ObjectType _ -> text;
            case DataType.TextType _,
                    DataType.UuidType _,
                    DataType.DateType _,
                    DataType.TimeType _,
                    DataType.TimestampType _,
                    DataType.UnknownType _ -> jsonText(text);
        };
    }

    /** A JSON string with as little escaping as the format allows. */
    private static String jsonText(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
