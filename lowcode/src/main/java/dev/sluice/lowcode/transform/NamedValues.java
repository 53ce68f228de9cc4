package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.List;
import java.util.Map;

/** Makes fields of a list of metrics: each has the name and the first value of one. */
final class NamedValues implements Step {
    private final String field;

    NamedValues(Component component) {
        this.field = component.text("field");
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        if (record.get(field) instanceof List<?> metrics && !metrics.isEmpty()) {
            record.remove(field);
            for (Object metric : Values.asList(metrics)) {
                Object first = Values.member(metric, "values") instanceof List<?> values && !values.isEmpty()
                        ? Values.asList(values).getFirst()
                        : None.NONE;
                record.put(Values.member(metric, "name"), Values.member(first, "value"));
            }
        }
    }
}
