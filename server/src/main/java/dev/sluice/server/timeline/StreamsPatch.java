package dev.sluice.server.timeline;

import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was changed in the choice of streams. Of mappers it says only that they were: they may hold keys. */
final class StreamsPatch {
    private static final int MOST = 100;
    private static final String MAPPERS = "mappers";
    private static final List<String> SHOWN = List.of("cursorField", "primaryKey", "selectedFields");

    private final List<String> enabled = new ArrayList<>();
    private final List<String> disabled = new ArrayList<>();
    private final List<Map<String, Object>> changed = new ArrayList<>();
    private final Map<EventKind, List<String>> mappings = new EnumMap<>(EventKind.class);

    private StreamsPatch() {}

    static StreamsPatch between(List<ConnectionStream> before, List<ConnectionStream> after) {
        StreamsPatch patch = new StreamsPatch();
        Map<StreamId, ConnectionStream> old = new LinkedHashMap<>();
        before.forEach(stream -> old.put(stream.stream(), stream));
        for (ConnectionStream stream : after) {
            patch.compare(old.remove(stream.stream()), stream);
        }
        old.values().stream()
                .filter(ConnectionStream::selected)
                .forEach(gone -> patch.disabled.add(gone.stream().toString()));
        return patch;
    }

    private void compare(@Nullable ConnectionStream before, ConnectionStream after) {
        String name = after.stream().toString();
        boolean was = before != null && before.selected();
        if (was != after.selected()) {
            (was ? disabled : enabled).add(name);
        }
        if (before == null || !was || !after.selected()) {
            return;
        }
        Map<String, @Nullable Object> old = JsonText.object(before.settings().text());
        Map<String, @Nullable Object> now = JsonText.object(after.settings().text());
        Map<String, Object> fields = new LinkedHashMap<>();
        if (!before.syncMode().equals(after.syncMode())) {
            fields.put("syncMode", change(before.syncMode(), after.syncMode()));
        }
        for (String field : SHOWN) {
            if (!Objects.equals(old.get(field), now.get(field))) {
                fields.put(field, change(old.get(field), now.get(field)));
            }
        }
        if (!fields.isEmpty()) {
            changed.add(Map.of("stream", name, "patch", fields));
        }
        compareMappers(name, mappers(old), mappers(now));
    }

    private void compareMappers(String name, List<?> before, List<?> after) {
        if (!before.equals(after)) {
            EventKind kind = before.isEmpty()
                    ? EventKind.MAPPING_CREATED
                    : after.isEmpty() ? EventKind.MAPPING_DELETED : EventKind.MAPPING_EDITED;
            mappings.computeIfAbsent(kind, _ -> new ArrayList<>()).add(name);
        }
    }

    private static List<?> mappers(Map<String, @Nullable Object> settings) {
        return settings.get(MAPPERS) instanceof List<?> list ? list : List.of();
    }

    private static Map<String, @Nullable Object> change(@Nullable Object from, @Nullable Object to) {
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("from", from);
        change.put("to", to);
        return change;
    }

    boolean isEmpty() {
        return enabled.isEmpty() && disabled.isEmpty() && changed.isEmpty();
    }

    /** By kind, the streams whose mappers are others. */
    Map<EventKind, List<String>> mappings() {
        return mappings;
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("streamsEnabled", cut(enabled));
        members.put("streamsDisabled", cut(disabled));
        members.put("streamsChanged", cut(changed));
        members.put("count", enabled.size() + disabled.size() + changed.size());
        return members;
    }

    private static <T> List<T> cut(List<T> all) {
        return all.stream().limit(MOST).toList();
    }
}
