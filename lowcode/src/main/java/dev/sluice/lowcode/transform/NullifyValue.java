package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.Map;

/** Puts null in the place of a value that stands for nothing, in the map of a field. */
final class NullifyValue implements Step {
    private final String field;
    private final Object nothing;

    NullifyValue(Component component) {
        this.field = component.text("field");
        this.nothing = component.raw("value");
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        if (record.get(field) instanceof Map<?, ?> map) {
            Values.asMap(map).replaceAll((key, value) -> Values.equal(value, nothing) ? None.NONE : value);
        }
    }
}
