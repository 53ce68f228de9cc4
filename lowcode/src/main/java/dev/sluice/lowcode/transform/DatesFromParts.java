package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.time.LocalDate;
import java.util.Map;

/** Makes dates of maps with a year, a month and a day. */
final class DatesFromParts implements Step {
    private final Component component;

    DatesFromParts(Component component) {
        this.component = component;
    }

    @Override
    public void apply(Map<Object, Object> record, StreamSlice slice) {
        Object from = record.remove(component.text("from"));
        if (from == null) {
            return;
        }
        Map<Object, Object> names = Values.mapOrEmpty(component.raw("to"));
        names.keySet().forEach(record::remove);
        names.forEach((part, field) -> {
            Object date = Values.member(from, Values.str(part));
            record.put(
                    field,
                    LocalDate.of(number(date, "year"), number(date, "month"), number(date, "day"))
                            .toString());
        });
    }

    private static int number(Object date, String part) {
        return Numbers.big(Values.member(date, part)).intValueExact();
    }
}
