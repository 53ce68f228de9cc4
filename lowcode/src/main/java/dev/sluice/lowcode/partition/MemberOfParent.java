package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Partitions by one member of the map that their parent has as its key; another member is known besides. */
final class MemberOfParent implements Router {
    private final Component component;
    private final Substream parents;

    MemberOfParent(Component component, Substream parents) {
        this.component = component;
        this.parents = parents;
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        return new Mapped(parents.partitions(), this::shaped);
    }

    private StreamSlice shaped(StreamSlice slice) {
        String field = component.text("field");
        String besides = component.text("besides");
        Object key = slice.partition().getOrDefault(field, None.NONE);
        return new StreamSlice(
                new LinkedHashMap<>(Map.of(field, Values.member(key, field))),
                Map.of(),
                new LinkedHashMap<>(Map.of(besides, Values.member(key, besides))));
    }
}
