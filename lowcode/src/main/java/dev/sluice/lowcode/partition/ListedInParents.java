package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Partitions by what the records of a parent list, limited to those that the configuration names; those alone where nothing is
 * to be looked up.
 */
final class ListedInParents implements Router {
    private final Component component;
    private final Surroundings surroundings;
    private final Parent parent;

    ListedInParents(Component component, Surroundings surroundings, Parent.Maker parents) {
        this.component = component;
        this.surroundings = surroundings;
        this.parent =
                parents.of(component.all("parent_stream_configs").getFirst().required("stream"));
    }

    private List<Object> option(String field) {
        Object value = surroundings.configAt(component.texts(field));
        return Values.truthy(value) ? Values.items(value) : List.of();
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        List<Object> named = option("named_in");
        Set<Object> values = new LinkedHashSet<>(named);
        if (named.isEmpty() || !option("looked_up_in").isEmpty()) {
            List<Object> found = found();
            if (!found.isEmpty()) {
                values = new LinkedHashSet<>(found);
                values.removeIf(each -> !named.isEmpty() && !named.contains(each));
            }
        }
        return values.stream().map(this::partition).iterator();
    }

    private List<Object> found() {
        List<Object> found = new ArrayList<>();
        Iterator<Parent.Row> rows = parent.read(None.NONE);
        while (rows.hasNext()) {
            found.addAll(Dpath.all(rows.next().record(), component.texts("values_at")));
        }
        return found;
    }

    private StreamSlice partition(Object value) {
        String text = Values.str(value).replace("/", "%2F");
        Map<Object, Object> partition = new LinkedHashMap<>(Map.of(component.text("field"), text));
        return new StreamSlice(partition, Map.of(), Map.of());
    }
}
