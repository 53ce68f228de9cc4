package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Moves all fields with a prefix into one list of names and values. */
final class GatherFields implements Step {
    private final String prefix;
    private final String into;

    GatherFields(Component component) {
        this.prefix = component.text("prefix");
        this.into = component.text("into");
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        List<Object> gathered = new ArrayList<>();
        record.entrySet().removeIf(field -> {
            boolean meant = Values.str(field.getKey()).startsWith(prefix);
            if (meant) {
                gathered.add(MapToList.entry("name", field.getKey(), field.getValue()));
            }
            return meant;
        });
        record.put(into, gathered);
    }
}
