package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.List;
import java.util.Map;

/** Takes the null members out of the maps in some fields. */
final class RemoveNullMembers implements Step {
    private final List<String> fields;

    RemoveNullMembers(Component component) {
        this.fields = component.texts("field_pointers");
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        for (String field : fields) {
            if (record.get(field) instanceof Map<?, ?> map) {
                Map<Object, Object> copy = Values.copyMap(map);
                copy.values().removeIf(None.class::isInstance);
                record.put(field, copy);
            }
        }
    }
}
