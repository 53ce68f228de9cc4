package dev.sluice.lowcode.cursor;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A cursor by a time of the records, for a stream that is not divided into partitions. */
public final class DatetimeCursor implements StreamCursor {
    private final TimeRules rules;
    private final Map<Object, Object> before;
    private final Moment start;
    private final Moment from;
    private final ReentrantLock lock = new ReentrantLock();
    private final Spans spans;
    private final Map<String, Moment> newest = new HashMap<>();

    /**
     * A cursor.
     *
     * @param state the state of the last run; none at the first one
     * @param at when the read began
     */
    public DatetimeCursor(Component component, Surroundings surroundings, Object state, Instant at) {
        rules = new TimeRules(component, surroundings, at);
        before = Values.mapOrEmpty(state);
        start = rules.start();
        Moment known = rules.read(Values.member(state, rules.field())).orElse(start);
        from = known.compareTo(start) >= 0 ? known : start;
        spans = new Spans(start, from, rules.granularity());
    }

    @Override
    public List<StreamSlice> slices(StreamSlice partition) {
        List<StreamSlice> slices = new ArrayList<>();
        rules.spans(from, start).forEach(span -> slices.add(partition.withCursor(span)));
        return slices;
    }

    @Override
    public void inject(StreamSlice slice, Options options) {
        rules.inject(slice, options);
    }

    @Override
    public void observe(StreamSlice slice, List<Map<Object, Object>> records) {
        Optional<Moment> seen = rules.newest(records);
        lock.lock();
        try {
            seen.ifPresent(moment -> newest.merge(slice.key(), moment, Spans::later));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Object close(StreamSlice slice) {
        Moment seen;
        lock.lock();
        try {
            seen = newest.remove(slice.key());
        } finally {
            lock.unlock();
        }
        Object what = seen == null ? None.NONE : rules.print(seen);
        add(slice, seen);
        return what;
    }

    @Override
    public void closeAgain(StreamSlice slice, Object what) {
        add(slice, rules.read(what).orElse(null));
    }

    private void add(StreamSlice slice, @Nullable Moment seen) {
        lock.lock();
        try {
            spans.add(rules.sliceStart(slice), rules.sliceEnd(slice), seen);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Moment> at(Map<Object, Object> record) {
        return rules.read(Values.member(record, rules.field()));
    }

    @Override
    public StreamSlice from(StreamSlice slice, Moment begin) {
        return rules.from(slice, begin);
    }

    @Override
    public boolean wants(Map<Object, Object> record, StreamSlice slice) {
        return !(rules.filtersHere() || rules.isDataFeed()) || rules.isBetween(record, from, start);
    }

    @Override
    public boolean endsWith(Object record, StreamSlice slice) {
        return rules.isDataFeed() && !rules.isBetween(record, from, start);
    }

    @Override
    public boolean filtersHere() {
        return rules.filtersHere();
    }

    @Override
    public Object state() {
        Map<Object, Object> state = new LinkedHashMap<>(before);
        lock.lock();
        try {
            state.put(rules.field(), rules.print(spans.stands()));
        } finally {
            lock.unlock();
        }
        return state;
    }
}
