package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One partition a value of a list. */
final class ListRouter implements Router {
    private final Component component;
    private final Surroundings surroundings;

    ListRouter(Component component, Surroundings surroundings) {
        this.component = component;
        this.surroundings = surroundings;
    }

    private Scope scope() {
        return surroundings.scope(component.parameters());
    }

    private String key() {
        return surroundings.templates().text(component.text("cursor_field"), scope());
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        Object given = component.raw("values");
        List<Object> values = new ArrayList<>();
        if (given instanceof String template) {
            values.addAll(Values.items(surroundings.templates().value(template, scope())));
        } else {
            values.addAll(component.texts("values"));
        }
        String key = key();
        return values.stream()
                .map(value -> new StreamSlice(new LinkedHashMap<>(Map.of(key, value)), Map.of(), Map.of()))
                .iterator();
    }

    @Override
    public void inject(StreamSlice slice, Options options) {
        Object value = slice.partition().getOrDefault(key(), None.NONE);
        component
                .optional("request_option")
                .filter(option -> Values.truthy(value))
                .ifPresent(option -> options.inject(option, value, surroundings.templates(), surroundings.scope()));
    }
}
