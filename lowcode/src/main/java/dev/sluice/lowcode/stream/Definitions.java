package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.time.CalendarSpan;
import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be said of a stream by its definition alone. */
public final class Definitions {
    private Definitions() {}

    /**
     * True if a state is so old that the service does not keep what came since, or if nobody can tell how old it is.
     *
     * @param now the time
     * @param retention how long the service keeps what its increments are made of
     */
    static boolean isTooOld(Component definition, Object state, Moment now, CalendarSpan retention) {
        Component cursor = definition.required("incremental_stream").required("incremental_sync");
        Object whole = Values.member(state, "state");
        Object value = Values.member(whole instanceof None ? state : whole, cursor.text("cursor_field"));
        List<String> formats = new ArrayList<>(cursor.texts("cursor_datetime_formats"));
        formats.add(cursor.text("datetime_format"));
        for (String format : formats) {
            try {
                return TimeFormat.parse(value, format).compareTo(retention.before(now)) < 0;
            } catch (Fault other) {
                // the next format may fit
            }
        }
        return !Boolean.TRUE.equals(Values.member(state, "__ab_no_cursor_state_message"));
    }

    /** The definition that counts for a state, where a stream has one for the first run and one for the others. */
    static Component chosen(Component definition, Object state) {
        if (!definition.type().equals("StateDelegatingStream")) {
            if (!definition.type().equals("DeclarativeStream")) {
                throw definition.unsupported();
            }
            return definition;
        }
        boolean first = state instanceof None || Values.mapOrEmpty(state).isEmpty();
        return definition.required(first ? "full_refresh_stream" : "incremental_stream");
    }

    /** The definition that describes a stream in the catalog. */
    public static Component described(Component definition) {
        return definition.type().equals("StateDelegatingStream")
                ? definition.required("incremental_stream")
                : definition;
    }

    /** The schema that stands in the manifest; an empty one if it is found elsewhere. */
    static Object inlineSchema(Component stream) {
        Map<Object, Object> properties = new LinkedHashMap<>();
        for (Component loader : stream.has("schema_loader") ? stream.all("schema_loader") : List.<Component>of()) {
            if (loader.type().equals("InlineSchemaLoader")) {
                Values.mapOrEmpty(Values.member(loader.raw("schema"), "properties"))
                        .forEach(properties::putIfAbsent);
            }
        }
        return new LinkedHashMap<>(Map.of("properties", properties));
    }

    /** The keys of a stream; each is the path to a field. */
    public static List<List<String>> primaryKey(Component stream) {
        Object key = stream.raw("primary_key");
        List<List<String>> paths = new ArrayList<>();
        switch (key) {
            case String one when !one.isEmpty() -> paths.add(List.of(one));
            case List<?> several ->
                several.forEach(each -> paths.add(
                        each instanceof List<?> path
                                ? path.stream()
                                        .map(part -> Values.str(Values.requireDefined(part)))
                                        .toList()
                                : List.of(Values.str(Values.requireDefined(each)))));
            default -> {}
        }
        paths.removeIf(List::isEmpty);
        return paths;
    }
}
