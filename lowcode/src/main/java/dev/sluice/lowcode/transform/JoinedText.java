package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the values of a list as one text into another field. */
final class JoinedText implements Step {
    private final Component component;

    JoinedText(Component component) {
        this.component = component;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        Object list = Values.member(record, component.text("field"));
        if (!(list instanceof None)) {
            record.put(
                    component.text("into"),
                    Values.items(list).stream()
                            .map(Values::str)
                            .collect(Collectors.joining(component.text("separator"))));
        }
    }
}
