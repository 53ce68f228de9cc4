package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** States of older shapes brought into the present one, as the migrations of a stream say. */
final class Migrations {
    private final Component stream;
    private final Surroundings surroundings;

    Migrations(Component stream, Surroundings surroundings) {
        this.stream = stream;
        this.surroundings = surroundings;
    }

    /** A state after all of them. */
    Object applied(Object state) {
        Object current = state;
        for (Component migration : stream.all("state_migrations")) {
            Map<Object, Object> before = Values.mapOrEmpty(current);
            if (!before.isEmpty() || !isKnown(migration)) {
                current = migrated(migration, before, state);
            }
        }
        return current;
    }

    private static boolean isKnown(Component migration) {
        return !migration.type().startsWith("Custom");
    }

    private Object migrated(Component migration, Map<Object, Object> state, Object given) {
        return switch (migration.type()) {
            case "LegacyToPerPartitionStateMigration" -> perPartition(state);
            case "StateToPartitions" -> partitions(migration, state);
            case "PartitionsToState" -> earliest(state);
            case "NestedStateToPartitions" -> nested(migration, state);
            case "ParentStateFromMembers" -> parents(migration, state);
            case "ParentStateFromCursors" -> fromCursors(migration, state);
            case "CappedCursorState" -> capped(migration, state);
            default -> {
                if (given instanceof None) {
                    yield given;
                }
                throw migration.unsupported();
            }
        };
    }

    private String cursor() {
        Component cursor = stream.required("incremental_sync");
        return surroundings.templates().text(cursor.text("cursor_field"), surroundings.scope(cursor.parameters()));
    }

    private static Map<Object, Object> partition(Object keys, Object cursor) {
        Map<Object, Object> one = new LinkedHashMap<>();
        one.put("partition", keys);
        one.put("cursor", cursor);
        return one;
    }

    /** {@code {"id": {"cursor": "v"}}} as a list of partitions. */
    private Object perPartition(Map<Object, Object> before) {
        if (before.containsKey("states")) {
            return before;
        }
        List<Component> parents = stream.required("retriever").all("partition_router").stream()
                .filter(router -> router.type().equals("SubstreamPartitionRouter"))
                .flatMap(router -> router.all("parent_stream_configs").stream())
                .toList();
        String cursor = stream.required("incremental_sync").text("cursor_field");
        boolean legacy = parents.size() == 1
                && before.values().stream()
                        .allMatch(each -> each instanceof Map<?, ?> map && map.size() == 1 && map.containsKey(cursor));
        if (!legacy) {
            return before;
        }
        String field = parents.getFirst().text("partition_field");
        List<Object> states = new ArrayList<>();
        before.forEach((id, each) -> states.add(partition(new LinkedHashMap<>(Map.of(field, id)), each)));
        return new LinkedHashMap<>(Map.of("states", states));
    }

    /** One state as that of some partitions, each of which takes its cursor from a member of it, or from the start. */
    private Object partitions(Component migration, Map<Object, Object> state) {
        if (state.containsKey("states")) {
            return state;
        }
        String cursor = cursor();
        Object start = surroundings.configAt(List.of("start_date"));
        List<Object> states = new ArrayList<>();
        for (Component each : migration.all("partitions")) {
            Object from = each.has("member") ? Values.member(state, each.text("member")) : state;
            Object known = Values.member(from, cursor);
            Object value = !(known instanceof None) ? known : start instanceof None ? migration.raw("start") : start;
            states.add(partition(Values.copy(each.raw("partition")), new LinkedHashMap<>(Map.of(cursor, value))));
        }
        return new LinkedHashMap<>(Map.of("states", states));
    }

    /** The earliest cursor of all partitions, for a stream that is not divided any more. */
    private Object earliest(Map<Object, Object> state) {
        if (!(state.get("states") instanceof List<?> states) || states.isEmpty()) {
            return state;
        }
        String cursor = cursor();
        return Values.asList(states).stream()
                .map(each -> Values.member(each, "cursor"))
                .min(Comparator.comparing(each -> Values.str(Values.member(each, cursor))))
                .orElseThrow();
    }

    /** {@code {"a": {"b": cursor}}} as the partitions of two keys. */
    private static Object nested(Component migration, Map<Object, Object> state) {
        if (state.containsKey("states")) {
            return state;
        }
        List<String> fields = migration.texts("fields");
        List<Object> states = new ArrayList<>();
        state.forEach((first, inner) -> {
            if (!first.equals(migration.text("ignored"))) {
                Values.mapOrEmpty(inner).forEach((second, cursor) -> {
                    Map<Object, Object> keys = new LinkedHashMap<>();
                    keys.put(fields.get(0), first);
                    keys.put(fields.get(1), second);
                    states.add(partition(keys, cursor));
                });
            }
        });
        Map<Object, Object> migrated = new LinkedHashMap<>();
        migrated.put("use_global_cursor", false);
        migrated.put("states", states);
        return migrated;
    }

    /** The states of parents that lie beside the cursor, where parents are looked for now. */
    private static Object parents(Component migration, Map<Object, Object> state) {
        List<String> there =
                migration.texts("members").stream().filter(state::containsKey).toList();
        if (there.isEmpty() || state.containsKey("parent_state")) {
            return state;
        }
        Map<Object, Object> parents = new LinkedHashMap<>();
        there.stream()
                .filter(name -> Values.truthy(Values.member(state, name)))
                .forEach(name -> parents.put(name, Values.member(state, name)));
        Map<Object, Object> migrated = new LinkedHashMap<>(state);
        migrated.put("parent_state", parents);
        return migrated;
    }

    /**
     * A parent whose cursor is the newest of all partitions, less the days that the configuration looks back: what is older may
     * change no more.
     */
    private Object fromCursors(Component migration, Map<Object, Object> state) {
        String cursor = migration.text("cursor");
        double newest = Iso.moment(Values.str(surroundings.configAt(List.of("start_date"))))
                .aware()
                .seconds();
        List<Object> known = new ArrayList<>(List.of(Values.member(state, cursor)));
        if (state.get("states") instanceof List<?> states) {
            states.forEach(
                    each -> known.add(Values.member(Values.member(Values.requireDefined(each), "cursor"), cursor)));
        }
        for (Object each : known) {
            newest = Values.truthy(each) ? Math.max(newest, Double.parseDouble(Values.str(each))) : newest;
        }
        Object days = surroundings.configAt(List.of("lookback_window"));
        long back = Numbers.isWhole(days) ? Numbers.big(days).longValueExact() : 0;
        Map<Object, Object> parent = new LinkedHashMap<>(Map.of(cursor, (double) ((long) newest - back * 86_400)));
        Map<Object, Object> migrated = new LinkedHashMap<>(state);
        migrated.put("parent_state", new LinkedHashMap<>(Map.of(migration.text("parent"), parent)));
        return migrated;
    }

    /** A cursor that was another field once, and is set back to a time before which nothing can have been missed. */
    private static Object capped(Component migration, Map<Object, Object> state) {
        Object old = state.get(migration.text("from"));
        if (old == null) {
            return state;
        }
        long most = migration.whole("most").orElse(0);
        String text = Values.str(old).strip();
        long value = text.matches("\\d{1,18}") ? Math.min(Long.parseLong(text), most) : most;
        return new LinkedHashMap<>(Map.of(migration.text("to"), value));
    }
}
