package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Undefined;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One partition a record of a parent stream; several parents come one after the other. */
public final class Substream implements Router {
    /** What is known of a partition besides, where the record of the parent holds the first page of the child. */
    public static final String FIRST_PAGE = "child_response";

    private final Surroundings surroundings;
    private final List<Component> configs;
    private final List<Parent> parents = new ArrayList<>();
    private final Object before;
    private final Map<Object, Object> states = new LinkedHashMap<>();

    Substream(Component component, Surroundings surroundings, Parent.Maker maker, Object childState) {
        this.surroundings = surroundings;
        this.configs = component.all("parent_stream_configs");
        this.before = childState;
        for (Component config : configs) {
            if (!config.type().equals("ParentStreamConfig")) {
                throw config.unsupported();
            }
            if (config.texts("lazy_read_pointer").stream().anyMatch(part -> part.contains("*"))) {
                throw config.wrong("lazy_read_pointer", "has to be a path without patterns");
            }
            parents.add(maker.of(config.required("stream")));
        }
    }

    private boolean depends(int place) {
        return configs.get(place).truth("incremental_dependency", false);
    }

    @Override
    public Object parentState() {
        return states;
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        return new Partitions();
    }

    private final class Partitions implements Iterator<StreamSlice> {
        private int place = -1;
        private @Nullable Iterator<Parent.Row> rows;
        private @Nullable StreamSlice next;

        @Override
        public boolean hasNext() {
            while (next == null) {
                Iterator<Parent.Row> open = rows;
                if (open != null && open.hasNext()) {
                    next = slice(place, open.next()).orElse(null);
                } else if (!another()) {
                    return false;
                }
            }
            return true;
        }

        /** Goes to the next parent; false if there is none. */
        private boolean another() {
            if (place >= 0 && rows != null && depends(place)) {
                states.put(parents.get(place).name(), parents.get(place).state());
            }
            place++;
            if (place >= parents.size()) {
                rows = null;
                return false;
            }
            Parent parent = parents.get(place);
            Object state = depends(place) ? stateOf(configs.get(place), parent) : None.NONE;
            rows = parent.read(state);
            return true;
        }

        @Override
        public StreamSlice next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            StreamSlice slice = Objects.requireNonNull(next);
            next = null;
            return slice;
        }
    }

    /** The state that a parent goes on from: its own in the state of the child, else what holds for all of the child. */
    private Object stateOf(Component config, Parent parent) {
        Object own = Values.member(Values.member(before, "parent_state"), parent.name());
        if (Values.truthy(own)) {
            return own;
        }
        Object whole = Values.member(before, "state");
        if (whole instanceof Map<?, ?>) {
            return whole;
        }
        Map<Object, Object> legacy = Values.mapOrEmpty(before);
        Object only = legacy.size() == 1 ? legacy.values().iterator().next() : None.NONE;
        Optional<Component> cursor = config.required("stream").optional("incremental_sync");
        boolean isTime = only instanceof String || (only instanceof Number && !(only instanceof Boolean));
        if (!isTime || cursor.isEmpty()) {
            return None.NONE;
        }
        String field = surroundings
                .templates()
                .text(
                        cursor.get().text("cursor_field"),
                        surroundings.scope(cursor.get().parameters()));
        return new LinkedHashMap<>(Map.of(field, only));
    }

    /** The partition of a record; empty if it lacks the key or has null there. */
    private Optional<StreamSlice> slice(int place, Parent.Row row) {
        Component config = configs.get(place);
        Scope scope = surroundings.scope(config.parameters());
        String path = surroundings.templates().text(config.text("parent_key"), scope);
        Object value = Dpath.get(row.record(), List.of(path.split("/", -1)), new Undefined(path));
        if (value instanceof Undefined || value instanceof None) {
            return Optional.empty();
        }
        Map<Object, Object> partition = new LinkedHashMap<>();
        partition.put(field(config), value);
        partition.put("parent_slice", row.slice().partition());
        Map<Object, Object> extra = new LinkedHashMap<>();
        if (!config.list("lazy_read_pointer").isEmpty()) {
            List<String> pointer = new ArrayList<>();
            config.texts("lazy_read_pointer")
                    .forEach(part -> pointer.add(surroundings.templates().text(part, scope)));
            extra.put(FIRST_PAGE, Dpath.get(row.record(), pointer, new ArrayList<>()));
        }
        for (Object each : config.list("extra_fields")) {
            List<String> fieldPath = each instanceof List<?> parts
                    ? parts.stream()
                            .map(part -> Values.str(Values.requireDefined(part)))
                            .toList()
                    : List.of(Values.str(each));
            extra.put(String.join(".", fieldPath), Dpath.get(row.record(), fieldPath, None.NONE));
        }
        return Optional.of(new StreamSlice(partition, Map.of(), extra));
    }

    private String field(Component config) {
        return surroundings.templates().text(config.text("partition_field"), surroundings.scope(config.parameters()));
    }

    @Override
    public void inject(StreamSlice slice, Options options) {
        for (Component config : configs) {
            Object value = slice.partition().getOrDefault(field(config), None.NONE);
            if (config.has("request_option") && Values.truthy(value)) {
                options.inject(
                        config.required("request_option"), value, surroundings.templates(), surroundings.scope());
            }
        }
    }
}
