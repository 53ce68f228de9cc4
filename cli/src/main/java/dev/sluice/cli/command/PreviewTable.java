package dev.sluice.cli.command;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.run.Preview;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as a table with types, or one below the other where the terminal is too narrow. */
final class PreviewTable {
    private static final int MOST_CELLS = 40;

    private final StreamRead read;
    private final List<List<Optional<String>>> rows = new ArrayList<>();

    PreviewTable(StreamRead read, Preview preview, int most) {
        this.read = read;
        for (RecordBatch batch : preview.batches()) {
            for (int row = 0; row < batch.rows() && rows.size() < most; row++) {
                rows.add(values(batch, row));
            }
        }
    }

    List<Line> lines(Look look, int width) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.BOLD, read.stream().id().toString())
                .plus(
                        Style.DIM,
                        "  " + Units.count(read.schema().size(), "field", "fields") + ", the first "
                                + Units.count(rows.size(), "row", "rows")));
        List<Line> table = table().lines(look, Integer.MAX_VALUE);
        boolean fits = table.stream().allMatch(line -> line.width() <= width);
        lines.addAll(fits ? table : below(look, width));
        lines.add(Line.empty());
        return lines;
    }

    Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", read.stream().id().toString());
        facts.put(
                "fields",
                read.schema().fields().stream()
                        .map(field -> Map.of(
                                "name", field.name(), "type", field.type().notation()))
                        .toList());
        facts.put("rows", rows.stream().map(this::facts).toList());
        return facts;
    }

    private Map<String, @Nullable Object> facts(List<Optional<String>> row) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Field field = read.schema().field(i);
            facts.put(
                    field.name(),
                    row.get(i).map(text -> typed(field.type(), text)).orElse(null));
        }
        return facts;
    }

    /** Whole numbers and truth values as such; everything else as its canonical text, which loses nothing. */
    private static Object typed(DataType type, String text) {
        return switch (type) {
            case DataType.IntType ignored -> (Object) Long.valueOf(text);
            case DataType.BoolType ignored -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private Table table() {
        Schema schema = read.schema();
        Table.Column[] columns = schema.fields().stream()
                .map(field -> new Table.Column(field.name(), isNumber(field.type()), 0))
                .toArray(Table.Column[]::new);
        Table table = new Table(columns);
        table.add(schema.fields().stream()
                .map(field -> Line.of(Style.DIM, field.type().notation()))
                .toList());
        rows.forEach(row -> table.add(row.stream().map(PreviewTable::cell).toList()));
        return table;
    }

    private List<Line> below(Look look, int width) {
        List<Line> lines = new ArrayList<>();
        int names = read.schema().fields().stream()
                .mapToInt(field -> Line.of(field.name()).width())
                .max()
                .orElse(0);
        int number = 0;
        for (List<Optional<String>> row : rows) {
            lines.add(Line.of(Style.DIM, look.rule(4) + " row " + ++number + " " + look.rule(20)));
            for (int i = 0; i < row.size(); i++) {
                Field field = read.schema().field(i);
                lines.add(Line.of(Style.NAME, field.name())
                        .padded(names, false)
                        .plus("  ")
                        .plus(cell(row.get(i)))
                        .plus(Style.DIM, "  " + field.type().notation())
                        .cut(width, look.ellipsis()));
            }
        }
        return lines;
    }

    private static List<Optional<String>> values(RecordBatch batch, int row) {
        List<Optional<String>> values = new ArrayList<>();
        for (int i = 0; i < batch.schema().size(); i++) {
            values.add(ValueText.of(batch.schema().field(i).type(), batch.column(i), row));
        }
        return values;
    }

    private static Line cell(Optional<String> value) {
        return value.map(text -> Line.of(text).cut(MOST_CELLS, "...")).orElseGet(() -> Line.of(Style.DIM, "null"));
    }

    private static boolean isNumber(DataType type) {
        return type instanceof DataType.IntType
                || type instanceof DataType.DecimalType
                || type instanceof DataType.FloatType;
    }
}
