package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Several partitions of a router as one, with the values of each key in a list. */
final class Grouping implements Router {
    private final int size;
    private final boolean once;
    private final Router inner;

    Grouping(Component component, Router inner) {
        this.size = (int) component.whole("group_size").orElseThrow(() -> component.missing("group_size"));
        this.once = component.truth("deduplicate", true);
        this.inner = inner;
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        List<StreamSlice> groups = new ArrayList<>();
        Set<Object> seen = new LinkedHashSet<>();
        List<StreamSlice> open = new ArrayList<>();
        Iterator<StreamSlice> all = inner.partitions();
        while (all.hasNext()) {
            StreamSlice slice = all.next();
            Map<Object, Object> own = new LinkedHashMap<>(slice.partition());
            own.remove("parent_slice");
            if (once && !seen.add(own)) {
                continue;
            }
            open.add(slice);
            if (open.size() == size) {
                groups.add(group(open));
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            groups.add(group(open));
        }
        return groups.iterator();
    }

    private static StreamSlice group(List<StreamSlice> slices) {
        Map<Object, Object> partition = new LinkedHashMap<>();
        Map<Object, Object> extra = new LinkedHashMap<>();
        for (StreamSlice slice : slices) {
            collect(slice.partition(), partition);
            collect(slice.extra(), extra);
        }
        return new StreamSlice(partition, Map.of(), extra);
    }

    private static void collect(Map<Object, Object> from, Map<Object, Object> into) {
        from.forEach((key, value) -> {
            Object list = into.computeIfAbsent(key, missing -> new ArrayList<>());
            if (list instanceof List<?> values) {
                Values.asList(values).add(value);
            }
        });
    }

    @Override
    public Object parentState() {
        return inner.parentState();
    }

    @Override
    public boolean isGlobal() {
        return true;
    }
}
