package dev.sluice.lowcode.cursor;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Literals;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A cursor by a number that grows. */
public final class CountCursor implements StreamCursor {
    private final Component component;
    private final Surroundings surroundings;
    private final Object from;
    private final AtomicReference<Object> newest;

    /** A cursor that goes on from a state. */
    public CountCursor(Component component, Surroundings surroundings, Object state) {
        this.component = component;
        this.surroundings = surroundings;
        Object first = component.has("start_value")
                ? surroundings
                        .templates()
                        .value(component.text("start_value"), surroundings.scope(component.parameters()))
                : (Object) 0L;
        Object known = whole(Values.member(state, component.text("cursor_field")));
        from = Numbers.isWhole(known) ? known : whole(first);
        newest = new AtomicReference<>(from);
    }

    /** The whole number that a value means; none if it means none. */
    private static Object whole(Object value) {
        Object read = value instanceof String text ? Literals.read(text.strip()).orElse(None.NONE) : value;
        return Numbers.isWhole(read) ? read : None.NONE;
    }

    @Override
    public List<StreamSlice> slices(StreamSlice partition) {
        return List.of(partition.withCursor(new LinkedHashMap<>(Map.of("start", from))));
    }

    @Override
    public void inject(StreamSlice slice, Options options) {
        component
                .optional("start_value_option")
                .ifPresent(option -> options.inject(
                        option, from, surroundings.templates(), surroundings.scope(component.parameters())));
    }

    @Override
    public void observe(StreamSlice slice, List<Map<Object, Object>> records) {
        for (Map<Object, Object> record : records) {
            Object value = whole(Values.member(record, component.text("cursor_field")));
            newest.accumulateAndGet(value, CountCursor::larger);
        }
    }

    private static Object larger(Object known, Object value) {
        boolean more = Numbers.isWhole(value) && Numbers.isWhole(known) && Values.compare(value, known) > 0;
        return more ? value : known;
    }

    @Override
    public Object close(StreamSlice slice) {
        return newest.get();
    }

    @Override
    public void closeAgain(StreamSlice slice, Object what) {
        newest.accumulateAndGet(what, (known, value) -> value instanceof None ? known : value);
    }

    @Override
    public Object state() {
        return new LinkedHashMap<>(Map.of(component.text("cursor_field"), newest.get()));
    }
}
