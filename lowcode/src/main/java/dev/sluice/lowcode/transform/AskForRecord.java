package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the service something for each record, by the request of its stream with other fields: what it answers becomes a field of
 * the record, its members become fields, or nothing does where the request itself is what is wanted.
 */
final class AskForRecord implements Step {
    private final Component component;
    private final Asking asking;

    AskForRecord(Component component, Asking asking) {
        this.component = component;
        this.asking = asking;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        StreamSlice about = Asking.about(slice, record);
        if (!asking.holds(component.text("condition", "{{ True }}"), about)) {
            return;
        }
        Optional<Object> answer = asking.ask(component.required("request"), about);
        Object found = Dpath.get(answer.orElse(None.NONE), component.texts("value_path"), component.raw("otherwise"));
        if (component.has("into")) {
            record.put(component.text("into"), found);
        } else if (component.truth("merged", false)) {
            record.putAll(Values.mapOrEmpty(found));
        }
    }
}
