package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The partitions of several routers one after the other, each value once. */
final class Union implements Router {
    private final String field;
    private final List<Router> routers;

    Union(String field, List<Router> routers) {
        this.field = field;
        this.routers = routers;
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        Set<Object> seen = new LinkedHashSet<>();
        List<StreamSlice> slices = new ArrayList<>();
        for (Router router : routers) {
            router.partitions().forEachRemaining(slice -> {
                Object value = slice.partition().getOrDefault(field, None.NONE);
                if (seen.add(value)) {
                    Map<Object, Object> extra = new LinkedHashMap<>(slice.partition());
                    extra.remove(field);
                    extra.putAll(slice.extra());
                    slices.add(new StreamSlice(new LinkedHashMap<>(Map.of(field, value)), Map.of(), extra));
                }
            });
        }
        return slices.iterator();
    }
}
