package dev.sluice.lowcode.source;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands after it was read, worked out from the cursor of the manifest and the records that arrived: at the newest of them,
 * or at the beginning that is configured if that is later.
 */
final class ExpectedState {
    private final Component cursor;
    private final Templates templates;
    private final Scope scope;

    /** The records are changed before the cursor sees them. */
    private final boolean transforms;

    private ExpectedState(Component stream, Component cursor, Map<String, Object> config, Clock clock) {
        this.cursor = cursor;
        this.transforms = stream.has("transformations");
        this.templates = new Templates(clock);
        this.scope = Scope.of(Values.ofPlain(config), cursor.parameters());
    }

    /** What is expected of a stream; nothing if its cursor is none by a time. */
    static Optional<ExpectedState> of(Component stream, Map<String, Object> config, Clock clock) {
        return stream.optional("incremental_sync")
                .filter(cursor -> cursor.type().equals("DatetimeBasedCursor"))
                .map(cursor -> new ExpectedState(stream, cursor, config, clock));
    }

    /** What the stream and its partitions may stand at after these records; nothing if their columns do not tell. */
    Set<String> values(List<Map<String, String>> rows) {
        String format = cursor.text("datetime_format");
        List<String> formats = new ArrayList<>(cursor.texts("cursor_datetime_formats"));
        formats.add(format);
        Set<Moment> told = new TreeSet<>();
        rows.forEach(row -> moment(row.get(field()), formats).ifPresent(told::add));
        if (told.isEmpty() && transforms) {
            return Set.of();
        }
        if (told.isEmpty()) {
            // The field is none of the columns. A record says no more of the moment than its format bears.
            String spoken = formats.getFirst();
            told.add(TimeFormat.parse(TimeFormat.print(Moment.utc(MadeService.CHANGED), spoken), spoken));
        }
        Optional<Moment> start = start(format);
        Set<String> values = new LinkedHashSet<>();
        told.forEach(moment -> values.add(TimeFormat.print(
                start.isPresent() && start.get().compareTo(moment) > 0 ? start.get() : moment, format)));
        return values;
    }

    private String field() {
        return templates.text(cursor.text("cursor_field"), scope);
    }

    private static Optional<Moment> moment(@Nullable String text, List<String> formats) {
        for (String format : text == null ? List.<String>of() : formats) {
            try {
                return Optional.of(TimeFormat.parse(Objects.requireNonNull(text), format));
            } catch (Fault other) {
                // the next format may fit
            }
        }
        try {
            // As columns of moments are shown.
            return text == null ? Optional.empty() : Optional.of(Moment.utc(Instant.parse(text)));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private Optional<Moment> start(String format) {
        Object given = cursor.raw("start_datetime");
        String template = given instanceof String text ? text : "";
        String own = format;
        if (given instanceof Map<?, ?>) {
            Component limits = cursor.required("start_datetime");
            template = limits.text("datetime", "");
            own = limits.optionalText("datetime_format").orElse(format);
        }
        try {
            return Optional.of(TimeFormat.parse(templates.text(template, scope), templates.text(own, scope)));
        } catch (Fault | ProblemException none) {
            return Optional.empty();
        }
    }

    /** The values of the cursor's field in a state; those of parents are theirs. */
    List<String> found(String state) {
        List<String> found = new ArrayList<>();
        collect(JsonValues.read(state), field(), found);
        return found;
    }

    private static void collect(Object state, String field, List<String> found) {
        switch (state) {
            case Map<?, ?> map ->
                Values.asMap(map).forEach((key, value) -> {
                    if (key.equals(field) && !(value instanceof Map<?, ?>)) {
                        found.add(Values.str(value));
                    } else if (!key.equals("partition") && !key.equals("parent_state")) {
                        collect(value, field, found);
                    }
                });
            case List<?> list -> Values.asList(list).forEach(each -> collect(each, field, found));
            default -> {}
        }
    }
}
