package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one map of the first breakdown of a total: its values by what they are broken down to. */
final class BreakdownValues implements Step {
    private final Component component;

    BreakdownValues(Component component) {
        this.component = component;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        Object total = record.remove(component.text("field"));
        if (total == null) {
            return;
        }
        Map<Object, Object> values = new LinkedHashMap<>();
        for (Object result : Values.items(Dpath.get(total, List.of("breakdowns", "0", "results"), List.of()))) {
            values.put(Dpath.get(result, List.of("dimension_values", "0"), ""), Values.member(result, "value"));
        }
        record.put(component.text("into"), values);
    }
}
