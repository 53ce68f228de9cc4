package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Partitions by values of the configuration, where it has some; else by the records of parents. Without {@code bare} a partition
 * also says which one its parent is of. With {@code group_size} one partition holds so many values, as a JSON list.
 */
final class Configured implements Router {
    private final Component component;
    private final Surroundings surroundings;
    private final Substream parents;

    Configured(Component component, Surroundings surroundings, Substream parents) {
        this.component = component;
        this.surroundings = surroundings;
        this.parents = parents;
    }

    private List<Object> configured() {
        for (Object path : component.list("path_in_config")) {
            Object value = surroundings.configAt(
                    Values.items(path).stream().map(Values::str).toList());
            if (Values.truthy(value)) {
                return value instanceof List<?> list ? Values.asList(list) : List.of(value);
            }
        }
        return List.of();
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        List<Object> values = configured();
        boolean grouped = component.has("group_size");
        if (values.isEmpty() && !grouped) {
            return new Mapped(parents.partitions(), each -> component.truth("bare", false) ? bare(each) : each);
        }
        if (!grouped) {
            return values.stream().map(this::partition).iterator();
        }
        List<Object> all = new ArrayList<>(values);
        if (values.isEmpty()) {
            parents.partitions()
                    .forEachRemaining(each -> all.add(each.partition().getOrDefault(field(), None.NONE)));
        }
        int size = (int) component.whole("group_size").orElse(1);
        List<StreamSlice> groups = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            groups.add(partition(JsonValues.spaced(all.subList(from, Math.min(all.size(), from + size)), false)));
        }
        return groups.iterator();
    }

    private String field() {
        return component.text("partition_field");
    }

    /** A partition without what is known of its parent. */
    static StreamSlice bare(StreamSlice slice) {
        Map<Object, Object> partition = new LinkedHashMap<>(slice.partition());
        partition.remove("parent_slice");
        return new StreamSlice(partition, Map.of(), slice.extra());
    }

    private StreamSlice partition(Object value) {
        Map<Object, Object> partition = new LinkedHashMap<>();
        partition.put(field(), value);
        if (!component.truth("bare", false)) {
            partition.put("parent_slice", new LinkedHashMap<>());
        }
        return new StreamSlice(partition, Map.of(), Map.of());
    }

    @Override
    public void inject(StreamSlice slice, Options options) {
        parents.inject(slice, options);
    }

    @Override
    public Object parentState() {
        return parents.parentState();
    }
}
