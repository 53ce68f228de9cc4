package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.schema.SchemaChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has changed in a source since its tables were last made. */
public final class SchemaView {
    private SchemaView() {}

    /** A line for each thing that has changed. */
    public static List<Line> lines(List<StreamChange> changes) {
        List<Line> lines = new ArrayList<>();
        for (StreamChange change : changes) {
            switch (change.kind()) {
                case ADDED -> lines.add(line("+", change, "is a new stream"));
                case REMOVED -> lines.add(line("-", change, "is gone from the source; its table stays as it is"));
                case CHANGED ->
                    change.details().forEach(detail -> lines.add(line(sign(detail), change, detail.words())));
            }
        }
        return lines;
    }

    /** The facts for programs. */
    public static List<Map<String, @Nullable Object>> facts(List<StreamChange> changes) {
        return changes.stream().map(SchemaView::facts).toList();
    }

    private static Line line(String sign, StreamChange change, String words) {
        Style style = switch (change.effect()) {
            case APPLIED -> Style.GOOD;
            case LEFT_OUT -> Style.WARN;
            case STOPPED -> Style.BAD;
        };
        return Line.of(style, "  " + sign + " ")
                .plus(Style.NAME, change.stream().toString())
                .plus((change.kind() == StreamChange.Kind.CHANGED ? ": " : " ") + words)
                .plus(Style.DIM, effect(change));
    }

    private static String effect(StreamChange change) {
        return switch (change.effect()) {
            case APPLIED -> "";
            case LEFT_OUT -> change.kind() == StreamChange.Kind.REMOVED ? "" : " (not applied)";
            case STOPPED -> " (the stream is stopped)";
        };
    }

    private static String sign(SchemaChange change) {
        return switch (change) {
            case SchemaChange.FieldAdded ignored -> "+";
            case SchemaChange.FieldRemoved ignored -> "-";
            case SchemaChange.FieldRetyped ignored -> "~";
            case SchemaChange.KeyChanged ignored -> "~";
            case SchemaChange.IncrementalChanged ignored -> "~";
        };
    }

    private static Map<String, @Nullable Object> facts(StreamChange change) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", change.stream().name());
        facts.put("namespace", change.stream().namespace());
        facts.put("change", change.kind().name().toLowerCase(Locale.ROOT));
        facts.put("effect", change.effect().name().toLowerCase(Locale.ROOT));
        facts.put("details", change.details().stream().map(SchemaView::facts).toList());
        return facts;
    }

    private static Map<String, @Nullable Object> facts(SchemaChange change) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        switch (change) {
            case SchemaChange.FieldAdded(var path, var type) -> {
                facts.put("change", "add_field");
                facts.put("field", path.toString());
                facts.put("type", type.notation());
            }
            case SchemaChange.FieldRemoved(var path, var type) -> {
                facts.put("change", "remove_field");
                facts.put("field", path.toString());
                facts.put("type", type.notation());
            }
            case SchemaChange.FieldRetyped(var path, var before, var now) -> {
                facts.put("change", "update_field_schema");
                facts.put("field", path.toString());
                facts.put("old_type", before.notation());
                facts.put("type", now.notation());
            }
            case SchemaChange.KeyChanged(var before, var now) -> {
                facts.put("change", "update_primary_key");
                facts.put("old_key", before.stream().map(Object::toString).toList());
                facts.put("key", now.stream().map(Object::toString).toList());
            }
            case SchemaChange.IncrementalChanged(boolean now) -> {
                facts.put("change", "update_sync_modes");
                facts.put("incremental", now);
            }
        }
        return facts;
    }
}
