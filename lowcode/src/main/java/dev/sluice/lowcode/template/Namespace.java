package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.WithAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value whose members a template may set, also from inside a loop. */
record Namespace(Map<String, Object> values) implements WithAttributes {
    @Override
    public @Nullable Object attribute(String name) {
        return values.get(name);
    }
}
