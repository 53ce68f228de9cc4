package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import java.util.Map;

/** Gives a field another name. */
final class RenameField implements Step {
    private final String from;
    private final String to;

    RenameField(Component component) {
        this.from = component.text("from");
        this.to = component.text("to");
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        Object value = record.remove(from);
        if (value != null) {
            record.put(to, value);
        }
    }
}
