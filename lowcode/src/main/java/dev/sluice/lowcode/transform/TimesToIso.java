package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.Values;
import java.util.List;
import java.util.Map;

/** Writes the times in some fields as ISO 8601 with an offset; those without one are in UTC. */
final class TimesToIso implements Step {
    private final List<String> fields;

    TimesToIso(Component component) {
        this.fields = component.texts("fields");
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        for (String field : fields) {
            Object value = Values.member(record, field);
            if (Values.truthy(value)) {
                Moment at = value instanceof String text ? Iso.moment(text) : TimeFormat.parse(value, "%s");
                record.put(field, at.aware().text('T'));
            }
        }
    }
}
