package dev.sluice.lowcode.cursor;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cursor of a stream that is divided into partitions: each has a state of its own, and one holds for those that come new.
 * Beyond ten thousand partitions the one for all is all that is kept. Its lock guards all that changes.
 */
public final class PartitionCursor implements StreamCursor {
    private static final int MOST_PARTITIONS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeRules rules;
    private final Surroundings surroundings;
    private final Supplier<Object> parentState;
    private final Moment start;
    private final Instant began;
    private final Map<Object, Object> before;
    private final Optional<Moment> globalBefore;
    private final long lookback;
    private final Map<String, Partition> partitions = new LinkedHashMap<>();
    private boolean global;
    private @Nullable Moment newest;
    private boolean finished;

    /** What is known of one partition. */
    private static final class Partition {
        private final Map<Object, Object> keys;
        private final Object known;
        private @Nullable Spans spans;
        private @Nullable Moment from;
        private final Map<String, Moment> newest = new HashMap<>();

        Partition(Map<Object, Object> keys, Object known) {
            this.keys = keys;
            this.known = known;
        }
    }

    /**
     * A cursor.
     *
     * @param state the state of the last run; none at the first one
     * @param at when the read began
     * @param parentState the state of the parents when they were read
     */
    public PartitionCursor(
            Component component, Surroundings surroundings, Object state, Instant at, Supplier<Object> parentState) {
        rules = new TimeRules(component, surroundings, at);
        this.surroundings = surroundings;
        this.parentState = parentState;
        began = surroundings.clock().instant();
        start = rules.start();
        before = Values.mapOrEmpty(state);
        boolean shaped = before.containsKey("states") || before.containsKey("state");
        Object whole = shaped ? Values.member(state, "state") : state;
        globalBefore = rules.read(Values.member(whole, rules.field()));
        Object window = Values.member(state, "lookback_window");
        lookback = Numbers.isWhole(window) ? Numbers.big(window).longValueExact() : 0;
        global = component.truth("global_substream_cursor", false)
                || Boolean.TRUE.equals(before.get("use_global_cursor"));
        if (Values.member(state, "states") instanceof List<?> states) {
            for (Object each : states) {
                Map<Object, Object> keys = Values.mapOrEmpty(Values.member(Values.requireDefined(each), "partition"));
                Object cursor = Values.member(each, "cursor");
                partitions.put(JsonValues.canonical(keys), new Partition(keys, Values.member(cursor, rules.field())));
            }
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private Partition partition(StreamSlice slice) {
        return partitions.computeIfAbsent(slice.partitionKey(), unknown -> new Partition(slice.partition(), None.NONE));
    }

    private Moment from(Partition partition) {
        Moment known = partition.from;
        if (known == null) {
            Optional<Moment> own = global ? Optional.empty() : rules.read(partition.known);
            Optional<Moment> inherited = globalBefore.map(moment -> moment.plus(Duration.ofSeconds(-lookback)));
            known = own.or(() -> inherited).orElse(start);
            known = known.compareTo(start) >= 0 ? known : start;
            partition.from = known;
        }
        return known;
    }

    private Spans spans(Partition partition) {
        Spans spans = partition.spans;
        if (spans == null) {
            spans = new Spans(start, from(partition), rules.granularity());
            partition.spans = spans;
        }
        return spans;
    }

    @Override
    public List<StreamSlice> slices(StreamSlice slice) {
        Moment known = locked(() -> known(slice));
        List<StreamSlice> slices = new ArrayList<>();
        rules.spans(known, start).forEach(span -> slices.add(slice.withCursor(span)));
        return slices;
    }

    /** Where a partition stands, which is counted if it is new. */
    private Moment known(StreamSlice slice) {
        Partition partition = partition(slice);
        if (partitions.size() > MOST_PARTITIONS && !global) {
            global = true;
            surroundings.log(
                    "there are more than " + MOST_PARTITIONS + " partitions: one state is kept for all of them");
        }
        return from(partition);
    }

    private Moment from(StreamSlice slice) {
        return locked(() -> from(partition(slice)));
    }

    @Override
    public void inject(StreamSlice slice, Options options) {
        rules.inject(slice, options);
    }

    @Override
    public void observe(StreamSlice slice, List<Map<Object, Object>> records) {
        Optional<Moment> seen = rules.newest(records);
        if (seen.isPresent()) {
            locked(() -> partition(slice).newest.merge(slice.key(), seen.get(), Spans::later));
        }
    }

    @Override
    public Object close(StreamSlice slice) {
        return locked(() -> {
            Optional<Moment> seen = Optional.ofNullable(partition(slice).newest.remove(slice.key()));
            add(slice, seen);
            return seen.isPresent() ? rules.print(seen.get()) : None.NONE;
        });
    }

    @Override
    public void closeAgain(StreamSlice slice, Object what) {
        Optional<Moment> seen = rules.read(what);
        lock.lock();
        try {
            add(slice, seen);
        } finally {
            lock.unlock();
        }
    }

    private void add(StreamSlice slice, Optional<Moment> seen) {
        spans(partition(slice)).add(rules.sliceStart(slice), rules.sliceEnd(slice), seen.orElse(null));
        if (seen.isPresent()) {
            Moment known = newest;
            newest = known == null || known.compareTo(seen.get()) < 0 ? seen.get() : known;
        }
    }

    @Override
    public boolean wants(Map<Object, Object> record, StreamSlice slice) {
        return !(rules.filtersHere() || rules.isDataFeed()) || rules.isBetween(record, from(slice), start);
    }

    @Override
    public boolean endsWith(Object record, StreamSlice slice) {
        return rules.isDataFeed() && !rules.isBetween(record, from(slice), start);
    }

    @Override
    public boolean filtersHere() {
        return rules.filtersHere();
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
    public void finish() {
        lock.lock();
        try {
            finished = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Object state() {
        return locked(this::shown);
    }

    private Object shown() {
        Map<Object, Object> state = new LinkedHashMap<>();
        state.put("use_global_cursor", global);
        if (!global) {
            List<Object> states = new ArrayList<>();
            partitions
                    .values()
                    .forEach(partition -> cursor(partition).ifPresent(value -> {
                        Map<Object, Object> each = new LinkedHashMap<>();
                        each.put("partition", partition.keys);
                        each.put("cursor", new LinkedHashMap<>(Map.of(rules.field(), value)));
                        states.add(each);
                    }));
            state.put("states", states);
        }
        Moment seen = newest;
        Optional<Moment> whole = finished && seen != null
                ? Optional.of(
                        globalBefore.isPresent() && globalBefore.get().compareTo(seen) > 0 ? globalBefore.get() : seen)
                : globalBefore;
        whole.ifPresent(moment -> state.put("state", new LinkedHashMap<>(Map.of(rules.field(), rules.print(moment)))));
        if (finished) {
            long millis =
                    Duration.between(began, surroundings.clock().instant()).toMillis();
            state.put("lookback_window", Math.ceilDiv(Math.max(0, millis), 1000L));
        } else if (before.containsKey("lookback_window")) {
            state.put("lookback_window", lookback);
        }
        if (parentState.get() instanceof Map<?, ?> parents && !parents.isEmpty()) {
            state.put("parent_state", parents);
        }
        return state;
    }

    private Optional<String> cursor(Partition partition) {
        Spans spans = partition.spans;
        if (spans != null) {
            return Optional.of(rules.print(spans.stands()));
        }
        return rules.read(partition.known).map(rules::print);
    }
}
