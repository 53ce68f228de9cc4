package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.Iterator;
import java.util.function.Function;

/** The partitions of one parent or of another, as an {@code option} of the configuration is there or not, without what is known of it. */
final class OneOfParents implements Router {
    private final Component component;
    private final Surroundings surroundings;
    private final Function<Component, Substream> parents;

    OneOfParents(Component component, Surroundings surroundings, Function<Component, Substream> parents) {
        this.component = component;
        this.surroundings = surroundings;
        this.parents = parents;
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        boolean there = Values.truthy(surroundings.configAt(component.texts("option")));
        String wanted = component.text(there ? "with_option" : "without_option");
        Component config = component.all("parent_stream_configs").stream()
                .filter(each -> each.required("stream").text("name", "").equals(wanted))
                .findFirst()
                .orElseThrow(() -> component.wrong("parent_stream_configs", "has no stream " + wanted));
        return new Mapped(parents.apply(config).partitions(), Configured::bare);
    }
}
