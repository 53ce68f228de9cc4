package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.Iterator;
import java.util.List;

/** The partitions of parents where an {@code option} of the configuration limits them; else the stream is not divided. */
final class OptionalParents implements Router {
    private final Component component;
    private final Surroundings surroundings;
    private final Substream parents;

    OptionalParents(Component component, Surroundings surroundings, Substream parents) {
        this.component = component;
        this.surroundings = surroundings;
        this.parents = parents;
    }

    private boolean limited() {
        return Values.truthy(surroundings.configAt(component.texts("option")));
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        return limited() ? parents.partitions() : List.of(StreamSlice.WHOLE).iterator();
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
