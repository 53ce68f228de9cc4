package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.TypeNotation;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes lines in which each value stands at the left of its column, and is followed by blanks if another one comes. */
final class FixedWidthWriter implements FormatWriter {
    private static final int WIDTH = 400;

    /** The last column has room for large values; what it lacks of that counts as blanks. */
    private static final int LAST_WIDTH = 12 << 20;

    @Override
    public String extension() {
        return ".fwf";
    }

    @Override
    public boolean needsTypes() {
        return true;
    }

    @Override
    public Map<String, Object> options(Map<String, Schema> tables) {
        Map<String, String> columns = new LinkedHashMap<>();
        tables.forEach((table, schema) -> {
            for (int i = 0; i < schema.size(); i++) {
                int width = i == schema.size() - 1 ? LAST_WIDTH : WIDTH;
                columns.put(table + "." + schema.field(i).name(), Integer.toString(width));
            }
        });
        return columns.isEmpty()
                ? Map.of()
                : Map.of("format", "fixed", "trim", "right", "short_lines", "pad", "fixed_columns", columns);
    }

    @Override
    public boolean stores(DataType type, String text) {
        if (!TypeNotation.parse(type.notation()).equals(Optional.of(type))) {
            return false;
        }
        boolean ofOneLine = text.chars().noneMatch(each -> each == '\n' || each == '\r');
        boolean seen = !text.isEmpty() && !text.endsWith(" ") && text.codePointCount(0, text.length()) <= WIDTH - 2;
        return ofOneLine && seen;
    }

    @Override
    public void write(Path file, Schema schema, List<Row> rows) throws IOException {
        Files.writeString(file, rows.stream().map(row -> line(schema, row)).collect(Collectors.joining()));
    }

    /** A line of nothing at all is no row. */
    private static String line(Schema schema, Row row) {
        int last = schema.size() - 1;
        String line = IntStream.range(0, last)
                .mapToObj(i -> padded(text(schema.field(i), row.value(i))))
                .collect(Collectors.joining("", "", text(schema.field(last), row.value(last))));
        return (line.isEmpty() ? " " : line) + "\n";
    }

    private static String text(Field field, @Nullable String value) {
        if (value == null) {
            return "";
        }
        return field.type() instanceof DataType.BinaryType ? "\\x" + value : value;
    }

    private static String padded(String text) {
        int blanks = WIDTH - text.codePointCount(0, text.length());
        if (blanks < 0) {
            throw new IllegalArgumentException("a value is wider than its column");
        }
        return text + " ".repeat(blanks);
    }

    @Override
    public int poison(Path file, Schema schema) throws IOException {
        List<Row> rows =
                List.of(Row.of("one", "bad"), Row.of("1001", "good"), Row.of("5.5", "bad"), Row.of("1002", "good"));
        write(file, schema, rows);
        return 2;
    }
}
