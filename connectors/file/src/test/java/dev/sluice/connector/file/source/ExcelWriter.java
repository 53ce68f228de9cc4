package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.TypeNotation;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.file.WorkbookMaker;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes workbooks in which numbers are numbers and all else is text. */
final class ExcelWriter implements FormatWriter {
    @Override
    public String extension() {
        return ".xlsx";
    }

    @Override
    public boolean needsTypes() {
        return true;
    }

    @Override
    public boolean stores(DataType type, String text) {
        if (!TypeNotation.parse(type.notation()).equals(Optional.of(type))) {
            return false;
        }
        boolean endless = type instanceof DataType.DateType || type instanceof DataType.TimestampType;
        return !endless || !text.endsWith("infinity");
    }

    @Override
    public void write(Path file, Schema schema, List<Row> rows) throws IOException {
        String header = IntStream.range(0, schema.size())
                .mapToObj(i -> WorkbookMaker.cell(schema.field(i).name()))
                .collect(Collectors.joining("", "<row>", "</row>"));
        String body = rows.stream().map(row -> row(schema, row)).collect(Collectors.joining());
        WorkbookMaker.of(header + body).write(file);
    }

    private static String row(Schema schema, Row row) {
        return IntStream.range(0, schema.size())
                .mapToObj(i -> cell(schema.field(i).type(), row.value(i)))
                .collect(Collectors.joining("", "<row>", "</row>"));
    }

    private static String cell(DataType type, @Nullable String value) {
        if (value == null) {
            return "<c/>";
        }
        return switch (type) {
            case DataType.BoolType _ -> "<c t='b'><v>" + (value.equals("true") ? 1 : 0) + "</v></c>";
            case DataType.IntType _ -> "<c><v>" + value + "</v></c>";
            case DataType.BinaryType _ -> WorkbookMaker.cell("\\x" + value);
            default -> WorkbookMaker.cell(value);
        };
    }

    @Override
    public int poison(Path file, Schema schema) throws IOException {
        WorkbookMaker.of("""
            <row><c t='inlineStr'><is><t>id</t></is></c><c t='inlineStr'><is><t>name</t></is></c></row>
            <row><c t='inlineStr'><is><t>one</t></is></c></row>
            <row><c><v>1001</v></c><c t='inlineStr'><is><t>good</t></is></c></row>
            <row><c><v>5</v></c><c/><c><v>6</v></c></row>
            <row><c><v>1002</v></c><c t='inlineStr'><is><t>good</t></is></c></row>
            <row><c><v>5.5</v></c></row>
            """).write(file);
        return 3;
    }
}
