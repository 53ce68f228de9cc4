package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The partitions of all parents but the first; of the first one the values are known in each partition, together with some that
 * are always there, as {@code into}.
 */
final class ParentValues implements Router {
    private final Component component;
    private final Substream first;
    private final Substream others;

    ParentValues(Component component, Substream first, Substream others) {
        this.component = component;
        this.first = first;
        this.others = others;
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        String field = component.all("parent_stream_configs").getFirst().text("partition_field");
        List<Object> values = new ArrayList<>();
        first.partitions().forEachRemaining(each -> values.add(each.partition().getOrDefault(field, None.NONE)));
        values.addAll(component.list("always"));
        return new Mapped(
                others.partitions(),
                each -> new StreamSlice(each.partition(), Map.of(), Map.of(component.text("into"), values)));
    }

    @Override
    public void inject(StreamSlice slice, Options options) {
        others.inject(slice, options);
    }

    @Override
    public Object parentState() {
        return others.parentState();
    }
}
