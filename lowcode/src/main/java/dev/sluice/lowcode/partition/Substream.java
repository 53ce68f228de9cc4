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
final class Substream implements Router {
    private final Surroundings surroundings;
    private final List<Component> configs;
    private final List<Parent> parents = new ArrayList<>();
    private final Object before;
    private final Map<Object, Object> states = new LinkedHashMap<>();

    Substream(Component component, Surroundings surroundings, Parent.Maker maker, Object parentState) {
        this.surroundings = surroundings;
        this.configs = component.all("parent_stream_configs");
        this.before = parentState;
        for (Component config : configs) {
            if (!config.type().equals("ParentStreamConfig")) {
                throw config.unsupported();
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
            Object state = depends(place) ? Values.member(before, parent.name()) : None.NONE;
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

    /** The partition of a record; empty if it lacks the key. */
    private Optional<StreamSlice> slice(int place, Parent.Row row) {
        Component config = configs.get(place);
        Scope scope = surroundings.scope(config.parameters());
        String path = surroundings.templates().text(config.text("parent_key"), scope);
        Object value = Dpath.get(row.record(), List.of(path.split("/", -1)), new Undefined(path));
        if (value instanceof Undefined) {
            return Optional.empty();
        }
        Map<Object, Object> partition = new LinkedHashMap<>();
        partition.put(field(config), value);
        partition.put("parent_slice", row.slice().partition());
        Map<Object, Object> extra = new LinkedHashMap<>();
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
