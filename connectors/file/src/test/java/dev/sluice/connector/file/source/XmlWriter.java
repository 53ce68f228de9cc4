package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.TypeNotation;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes documents in which each row is an element and each value a child of it. */
final class XmlWriter implements FormatWriter {
    @Override
    public String extension() {
        return ".xml";
    }

    @Override
    public boolean needsTypes() {
        return true;
    }

    @Override
    public boolean names(String column) {
        return column.matches("[A-Za-z_][A-Za-z0-9_.-]*");
    }

    /** A document of few rows does not show which of its elements they are. */
    @Override
    public Map<String, Object> options(Map<String, Schema> tables) {
        return Map.of("record_element", "/rows/row");
    }

    @Override
    public boolean stores(DataType type, String text) {
        if (!TypeNotation.parse(type.notation()).equals(Optional.of(type))) {
            return false;
        }
        return switch (type) {
            case DataType.DateType _, DataType.TimestampType _ -> !text.endsWith("infinity");
            case DataType.TextType _ -> text.codePoints().allMatch(XmlWriter::isAllowed);
            // Elements hold texts, and structure is made of elements.
            case DataType.JsonType _, DataType.ArrayType _, DataType.ObjectType _ -> false;
            default -> true;
        };
    }

    /** The characters of XML 1.0. */
    private static boolean isAllowed(int point) {
        return point >= ' '
                ? !(point >= 0xD800 && point < 0xE000) && point != 0xFFFE && point != 0xFFFF
                : point == '\t' || point == '\n' || point == '\r';
    }

    @Override
    public void write(Path file, Schema schema, List<Row> rows) throws IOException {
        Files.writeString(
                file,
                rows.stream()
                        .map(row -> row(schema, row))
                        .collect(Collectors.joining(
                                "\n",
                                "<rows xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n",
                                "\n</rows>\n")));
    }

    private static String row(Schema schema, Row row) {
        return IntStream.range(0, schema.size())
                .mapToObj(i -> element(schema.field(i).name(), schema.field(i).type(), row.value(i)))
                .collect(Collectors.joining("", "<row>", "</row>"));
    }

    private static String element(String name, DataType type, @Nullable String value) {
        if (value == null) {
            return "<" + name + " xsi:nil='true'/>";
        }
        String text = type instanceof DataType.BinaryType ? "\\x" + value : value;
        return "<" + name + ">" + escaped(text) + "</" + name + ">";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }

    @Override
    public int poison(Path file, Schema schema) throws IOException {
        Files.writeString(file, """
            <rows>
              <row><id>one</id><name>bad</name></row>
              <row><id>1001</id><name>good</name></row>
              <row><id>5.5</id></row>
              <row><id>1002</id><name>good</name></row>
            </rows>
            """);
        return 2;
    }
}
