package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Takes times in milliseconds out of the maps that hold each of them, and writes them to the second as ISO 8601. */
final class EpochMembers implements Step {
    private final Component component;

    EpochMembers(Component component) {
        this.component = component;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        String from = component.text("from");
        if (!record.containsKey(from)) {
            return;
        }
        for (String field : component.texts("fields")) {
            Object millis = Dpath.get(record, List.of(from, field, component.text("member")), None.NONE);
            if (Values.isNumber(millis)) {
                long seconds = Math.floorDiv(Numbers.big(millis).longValueExact(), 1000);
                record.put(field, Moment.utc(Instant.ofEpochSecond(seconds)).text('T'));
            }
        }
        record.remove(from);
    }
}
