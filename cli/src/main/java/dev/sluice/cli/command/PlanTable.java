package dev.sluice.cli.command;

import dev.sluice.cli.output.SchemaView;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.destination.TargetPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plan of a connection as a table, and below it the columns and notes that deserve a look. */
final class PlanTable {
    private final SyncPlan plan;

    PlanTable(SyncPlan plan) {
        this.plan = plan;
    }

    /** How many tables would be created or altered. */
    long changes() {
        return plan.streams().stream().filter(PlanTable::changes).count();
    }

    List<Line> lines(Look look, int width) {
        Table table = new Table(
                Table.Column.text("stream"),
                Table.Column.text("written to"),
                Table.Column.text("table"),
                Table.Column.text("mode").optional(1),
                Table.Column.text("key").optional(3),
                Table.Column.text("cursor").optional(4),
                Table.Column.number("columns").optional(5),
                Table.Column.text("each row").optional(2));
        List<Line> details = new ArrayList<>();
        for (StreamPlan stream : plan.streams()) {
            table.add(row(stream));
            details.addAll(details(stream, look));
        }
        List<Line> lines = new ArrayList<>(table.lines(look, width));
        lines.addAll(details);
        lines.addAll(SchemaView.lines(plan.changes()));
        lines.add(Line.empty());
        return lines;
    }

    List<Map<String, @Nullable Object>> facts() {
        return plan.streams().stream().map(PlanTable::facts).toList();
    }

    private static boolean changes(StreamPlan stream) {
        return stream.preview().action() == TargetPlan.Action.CREATE
                || stream.preview().columns().stream().anyMatch(PlanTable::isAltered);
    }

    private static boolean isAltered(ColumnPlan column) {
        return switch (column.action()) {
            case ADD, WIDEN -> true;
            case KEEP, CREATE -> false;
        };
    }

    private static List<Line> row(StreamPlan stream) {
        FieldPath cursor = stream.read().cursor();
        return List.of(
                Line.of(Style.NAME, stream.stream().toString()),
                Line.of(stream.preview().location()),
                Line.of(changes(stream) ? Style.WARN : Style.DIM, action(stream)),
                Line.of(stream.modeKey()),
                Line.of(stream.mode().write().dedups() ? key(stream) : ""),
                Line.of(cursor == null ? "" : cursor.toString()),
                Line.of(Units.count(stream.preview().columns().size())),
                Line.of(stream.preview().guarantee().words()));
    }

    private static String key(StreamPlan stream) {
        return stream.read().primaryKey().stream().map(FieldPath::toString).collect(Collectors.joining(", "));
    }

    private static String action(StreamPlan stream) {
        return switch (stream.preview().action()) {
            case CREATE -> "new";
            case EXTEND -> changes(stream) ? "altered" : "kept";
            case REPLACE -> changes(stream) ? "replaced, altered" : "replaced";
        };
    }

    private static List<Line> details(StreamPlan stream, Look look) {
        List<Line> lines = new ArrayList<>();
        for (ColumnPlan column : stream.preview().columns()) {
            if (column.fit() != Fit.EXACT || isAltered(column)) {
                boolean lossy = column.fit() == Fit.LOSSY;
                String note = column.note() == null ? "" : ", " + column.note();
                lines.add(Line.of(lossy ? Style.BAD : Style.DIM, "  " + (lossy ? look.warning() : look.dot()) + " ")
                        .plus(stream.stream() + "." + column.field().name() + ": ")
                        .plus(column.field().type().notation() + " " + look.arrow() + " " + column.columnType())
                        .plus(Style.DIM, " (" + words(column) + note + ")"));
            }
        }
        stream.mapping()
                .words()
                .forEach(words -> lines.add(Line.of(Style.DIM, "  " + look.dot() + " ")
                        .plus(stream.stream() + ": ")
                        .plus(words)));
        List<String> notes = new ArrayList<>(stream.notes());
        notes.addAll(stream.preview().notes());
        notes.forEach(
                note -> lines.add(Line.of(Style.DIM, "  " + look.dot() + " ").plus(stream.stream() + ": " + note)));
        return lines;
    }

    private static String words(ColumnPlan column) {
        List<String> words = new ArrayList<>();
        if (column.fit() != Fit.EXACT) {
            words.add(lower(column.fit()));
        }
        switch (column.action()) {
            case ADD -> words.add("new column");
            case WIDEN -> words.add("column becomes wider");
            case KEEP, CREATE -> {}
        }
        return String.join(", ", words);
    }

    private static Map<String, @Nullable Object> facts(StreamPlan stream) {
        FieldPath cursor = stream.read().cursor();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", stream.stream().name());
        facts.put("namespace", stream.stream().namespace());
        facts.put("target", stream.preview().location());
        facts.put("action", lower(stream.preview().action()));
        facts.put("changes", changes(stream));
        facts.put("mode", stream.modeKey());
        facts.put(
                "primary_key",
                stream.read().primaryKey().stream().map(FieldPath::toString).toList());
        facts.put("cursor", cursor == null ? null : cursor.toString());
        facts.put("mappers", stream.mapping().words());
        facts.put("filtered_rows_are_deleted", stream.mapping().removes());
        facts.put("guarantee", stream.preview().guarantee().words());
        facts.put(
                "columns",
                stream.preview().columns().stream().map(PlanTable::facts).toList());
        List<String> notes = new ArrayList<>(stream.notes());
        notes.addAll(stream.preview().notes());
        facts.put("notes", notes);
        return facts;
    }

    private static Map<String, @Nullable Object> facts(ColumnPlan column) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("field", column.field().name());
        facts.put("type", column.field().type().notation());
        facts.put("column", column.column());
        facts.put("column_type", column.columnType());
        facts.put("fit", lower(column.fit()));
        facts.put("action", lower(column.action()));
        facts.put("note", column.note());
        return facts;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
