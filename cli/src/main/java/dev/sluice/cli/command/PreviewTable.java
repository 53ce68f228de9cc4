package dev.sluice.cli.command;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.run.Preview;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a table with types. Where the terminal is too narrow, the fields of a row stand below each other, or those that
 * do not fit are left out if there are other streams to show. The columns of metadata are for programs.
 */
final class PreviewTable {
    private static final int MOST_CELLS = 40;
    private static final String METADATA = "_airbyte_";

    private final StreamId stream;
    private final Schema schema;
    private final long filtered;
    private final List<List<Optional<String>>> rows = new ArrayList<>();

    PreviewTable(StreamId stream, Schema schema, Preview preview, int most) {
        this.stream = stream;
        this.schema = schema;
        filtered = preview.filtered();
        for (RecordBatch batch : preview.batches()) {
            for (int row = 0; row < batch.rows() && rows.size() < most; row++) {
                rows.add(values(batch, row));
            }
        }
    }

    /**
     * The lines for people.
     *
     * @param brief true if there are other streams to show
     */
    List<Line> lines(Look look, int width, boolean brief) {
        List<Integer> shown = ordinary();
        List<Line> table = table(shown, look);
        List<String> notes = new ArrayList<>();
        if (shown.size() < schema.size()) {
            notes.add((schema.size() - shown.size()) + " of metadata left out");
        }
        if (filtered > 0) {
            notes.add(Units.count(filtered, "row", "rows") + " before did not pass the filter");
        }
        if (!fits(table, width)) {
            int fitting = brief ? fitting(shown, look, width) : 0;
            if (fitting > 0) {
                notes.add("no room for " + (shown.size() - fitting) + ": name the stream with --stream");
                table = table(shown.subList(0, fitting), look);
            } else {
                table = below(shown, look, width);
            }
        }
        List<Line> lines = new ArrayList<>();
        lines.add(heading(notes));
        lines.addAll(table);
        lines.add(Line.empty());
        return lines;
    }

    private Line heading(List<String> notes) {
        String fields = Units.count(schema.size(), "field", "fields");
        return Line.of(Style.BOLD, stream.toString())
                .plus(
                        Style.DIM,
                        "  the first " + Units.count(rows.size(), "row", "rows") + ", " + fields
                                + (notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")"));
    }

    /** The places of the fields without those of metadata, unless there are no others. */
    private List<Integer> ordinary() {
        List<Integer> all = IntStream.range(0, schema.size()).boxed().toList();
        List<Integer> ordinary = all.stream()
                .filter(i -> !schema.field(i).name().startsWith(METADATA))
                .toList();
        return ordinary.isEmpty() ? all : ordinary;
    }

    /** How many of the fields have room side by side. */
    private int fitting(List<Integer> shown, Look look, int width) {
        int fits = 0;
        int tooMany = shown.size();
        while (fits + 1 < tooMany) {
            int middle = (fits + tooMany) / 2;
            if (fits(table(shown.subList(0, middle), look), width)) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return fits;
    }

    private static boolean fits(List<Line> table, int width) {
        return table.stream().allMatch(line -> line.width() <= width);
    }

    Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", stream.toString());
        facts.put(
                "fields",
                schema.fields().stream()
                        .map(field -> Map.of(
                                "name", field.name(), "type", field.type().notation()))
                        .toList());
        facts.put("rows_filtered", filtered);
        facts.put("rows", rows.stream().map(this::facts).toList());
        return facts;
    }

    private Map<String, @Nullable Object> facts(List<Optional<String>> row) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Field field = schema.field(i);
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

    private List<Line> table(List<Integer> shown, Look look) {
        List<Field> fields = shown.stream().map(schema::field).toList();
        Table.Column[] columns = fields.stream()
                .map(field -> new Table.Column(field.name(), isNumber(field.type()), 0))
                .toArray(Table.Column[]::new);
        Table table = new Table(columns);
        table.add(fields.stream()
                .map(field -> Line.of(Style.DIM, field.type().notation()))
                .toList());
        rows.forEach(row ->
                table.add(shown.stream().map(row::get).map(PreviewTable::cell).toList()));
        return table.lines(look, Integer.MAX_VALUE);
    }

    private List<Line> below(List<Integer> shown, Look look, int width) {
        List<Line> lines = new ArrayList<>();
        int names = shown.stream()
                .mapToInt(i -> Line.of(schema.field(i).name()).width())
                .max()
                .orElse(0);
        int number = 0;
        for (List<Optional<String>> row : rows) {
            lines.add(Line.of(Style.DIM, look.rule(4) + " row " + ++number + " " + look.rule(20))
                    .cut(width, ""));
            for (int i : shown) {
                Field field = schema.field(i);
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
