package dev.sluice.testkit.contract;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A run of a target in memory. Appended rows are seen when they are committed; rows that replace or merge are kept aside
 * until the run is published, so that they can be discarded.
 */
final class MemoryTarget implements Target {
    private final MemoryStore store;
    private final TargetSpec spec;
    private final TargetPlan plan;
    private final String place;
    private final DestinationFault fault;
    private final Map<String, MemoryWriter> prepared = new ConcurrentHashMap<>();
    private final AtomicInteger handles = new AtomicInteger();
    private final List<MemoryStore.Stored> shared = new CopyOnWriteArrayList<>();
    private MemoryStore.Entry entry = new MemoryStore.Entry();
    private long fence;

    MemoryTarget(MemoryStore store, TargetSpec spec, TargetPlan plan, String place, DestinationFault fault) {
        this.store = store;
        this.spec = spec;
        this.plan = plan;
        this.place = place;
        this.fault = fault;
    }

    private boolean has(DestinationFault other) {
        return fault == other;
    }

    private boolean aside() {
        boolean replaces = spec.generation().truncates() && !hasNoTruncation();
        return replaces || spec.mode().mode().dedups();
    }

    private boolean hasNoTruncation() {
        return has(DestinationFault.TRUNCATES_IN_OVERWRITE_ONLY)
                && !spec.mode().mode().overwrites();
    }

    /** Takes the target; the store is locked. */
    void enter(MemoryStore.Entry taken) {
        entry = taken;
        fence = ++entry.fence;
        boolean mine = entry.connectionId.equals(spec.owner().connectionId())
                || has(DestinationFault.CONTINUES_RUN_OF_STRANGER);
        boolean same = mine
                && !entry.published
                && entry.generation == spec.generation().id()
                && entry.syncId == spec.generation().syncId();
        if (!same && !entry.connectionId.isEmpty() && !entry.published) {
            dropUnfinished();
        }
        entry.connectionId = spec.owner().connectionId();
        entry.generation = spec.generation().id();
        entry.syncId = spec.generation().syncId();
        entry.published = false;
        if (!same && has(DestinationFault.FORGETS_POSITION_WHEN_OPENED)) {
            entry.position = null;
        }
        if (same && has(DestinationFault.DOUBLES_ON_REOPEN)) {
            entry.staged.addAll(List.copyOf(entry.staged));
        }
        if (has(DestinationFault.SWAPS_WHEN_OPENED) && spec.generation().truncates()) {
            table().rows.clear();
        }
        if (!aside()) {
            widen(table());
        }
    }

    /** Forgets rows and markers of the run that the entry is about. */
    private void dropUnfinished() {
        if (!has(DestinationFault.KEEPS_MARKERS_OF_OTHER_RUN)) {
            entry.splits.clear();
        }
        if (!has(DestinationFault.KEEPS_ROWS_OF_OTHER_RUN)) {
            entry.staged.clear();
            table().rows.removeIf(row -> row.generation == entry.generation && row.syncId == entry.syncId);
        }
    }

    private MemoryStore.Table table() {
        return store.tables.computeIfAbsent(place, ignored -> new MemoryStore.Table());
    }

    private void widen(MemoryStore.Table table) {
        if (has(DestinationFault.DROPS_REMOVED_COLUMNS)) {
            List<String> wanted = new ArrayList<>(MemoryRows.METADATA);
            plan.columns().forEach(column -> wanted.add(column.column()));
            table.columns.keySet().retainAll(wanted);
            table.rows.forEach(row -> row.values.keySet().retainAll(wanted));
        }
        plan.columns()
                .forEach(column ->
                        table.columns.put(column.column(), column.field().type()));
        MemoryRows.METADATA.forEach(column -> table.columns.put(column, new DataType.TextType()));
    }

    @Override
    public Writer writer(WriteContext context) {
        return new MemoryWriter(context);
    }

    @Override
    public void commit(Committable committable) {
        MemoryWriter writer = Objects.requireNonNull(prepared.remove(committable.handle()));
        store.lock.lock();
        try {
            requireFence();
            writer.ready.forEach(this::show);
            writer.ready.clear();
            if (has(DestinationFault.MARKS_NO_EMPTY_COMMIT) && committable.rows() == 0) {
                return;
            }
            mark(committable.marker());
        } finally {
            store.lock.unlock();
        }
    }

    private void requireFence() {
        if (entry.fence != fence && !has(DestinationFault.NO_FENCE)) {
            throw Problem.of("E_FENCED", ProblemKind.CONFLICT, "another run has taken the target")
                    .exception();
        }
    }

    private void show(MemoryStore.Stored row) {
        if (aside() && !has(DestinationFault.SWAPS_WHEN_COMMITTED)) {
            entry.staged.add(row);
        } else {
            table().rows.add(row);
        }
    }

    private void mark(Marker marker) {
        if (!has(DestinationFault.FORGETS_MARKER)) {
            entry.splits.put(marker.splitId(), marker.progress());
        }
    }

    @Override
    public void publish(long expectedRows, @Nullable Position end) {
        if (has(DestinationFault.SWAPS_IN_TWO_STEPS) && spec.generation().truncates()) {
            clearFirst();
        }
        store.lock.lock();
        try {
            requireFence();
            requireCount(expectedRows);
            MemoryStore.Table table = table();
            widen(table);
            boolean replaces =
                    spec.generation().truncates() && !hasNoTruncation() && !has(DestinationFault.NEVER_REPLACES);
            if (has(DestinationFault.EMPTY_RUN_REPLACES_NOTHING) && expectedRows == 0) {
                replaces = false;
            }
            List<MemoryStore.Stored> old = replaces ? List.of() : List.copyOf(table.rows);
            if (!aside()) {
                old = List.copyOf(table.rows);
            }
            if (!has(DestinationFault.SWAPS_WHEN_COMMITTED)) {
                List<MemoryStore.Stored> merged = new MemoryMerge(spec, plan, fault).merged(old, entry.staged);
                table.rows.clear();
                table.rows.addAll(merged);
            }
            entry.staged.clear();
            entry.splits.clear();
            entry.published = true;
            entry.position = end == null || !has(DestinationFault.CUTS_POSITIONS)
                    ? end
                    : new Position(end.identity(), cut(end.value()));
        } finally {
            store.lock.unlock();
        }
    }

    private void clearFirst() {
        store.lock.lock();
        try {
            table().rows.clear();
        } finally {
            store.lock.unlock();
        }
        LockSupport.parkNanos(5_000_000);
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(255, text.length()));
    }

    private void requireCount(long expectedRows) {
        long marked =
                entry.splits.values().stream().mapToLong(SplitProgress::rows).sum();
        boolean counts = !has(DestinationFault.PUBLISHES_WITHOUT_COUNTING) && !has(DestinationFault.FORGETS_MARKER);
        if (marked != expectedRows && counts) {
            if (has(DestinationFault.FAILED_PUBLISH_DROPS_OLD)) {
                table().rows.clear();
            }
            throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, marked + " rows are there and not " + expectedRows)
                    .exception();
        }
    }

    @Override
    public void discard() {
        store.lock.lock();
        try {
            requireFence();
            if (!has(DestinationFault.DISCARD_KEEPS_ROWS)) {
                entry.staged.clear();
                table().rows.removeIf(row -> row.generation == entry.generation && row.syncId == entry.syncId);
            }
            if (has(DestinationFault.DISCARDS_PUBLISHED_ROWS)) {
                table().rows.clear();
            }
            if (!has(DestinationFault.DISCARD_KEEPS_MARKERS)) {
                entry.splits.clear();
            }
        } finally {
            store.lock.unlock();
        }
    }

    void forgetMarkers() {
        store.lock.lock();
        try {
            entry.splits.clear();
        } finally {
            store.lock.unlock();
        }
    }

    @Override
    public void close() {
        store.lock.lock();
        try {
            if (entry.openedBy == this) {
                entry.openedBy = null;
            }
        } finally {
            store.lock.unlock();
        }
    }

    /** Notes what would be altered; where, nobody asks in these tests. */
    private record Foreseer(List<ValueChange> misfits) implements WriteContext {
        @Override
        public void reject(RejectedRecord record) {
            // It will be told when it is written.
        }

        @Override
        public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {
            misfits.add(new ValueChange(0, field, change, reason));
        }
    }

    /** Keeps rows until they are committed. */
    private final class MemoryWriter implements Writer {
        private final MemoryRows rows;
        private final List<MemoryStore.Stored> written;
        private final List<MemoryStore.Stored> ready = new ArrayList<>();
        private long handed;
        private long counted;
        private int rejectedBefore;
        private int batches;
        private volatile boolean cancelled;

        MemoryWriter(WriteContext context) {
            rows = new MemoryRows(spec, plan, context, fault);
            written = has(DestinationFault.WRITERS_SHARE_ROWS) ? shared : new ArrayList<>();
        }

        private void requireNotCancelled() {
            if (cancelled && !has(DestinationFault.IGNORES_CANCEL)) {
                throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                        .exception();
            }
        }

        @Override
        public List<ValueChange> misfits(RecordBatch batch) {
            List<ValueChange> misfits = new ArrayList<>();
            if (!has(DestinationFault.FORESEES_NOTHING)) {
                new MemoryRows(spec, plan, new Foreseer(misfits), fault).of(batch);
            }
            return misfits;
        }

        @Override
        public void write(RecordBatch batch) {
            requireNotCancelled();
            List<MemoryStore.Stored> stored = rows.of(batch);
            handed += batch.rows();
            counted += stored.size();
            batches++;
            boolean loses = has(DestinationFault.LOSES_ROW_AND_COUNTS_IT) && stored.size() > 3;
            if (loses) {
                stored.removeLast();
            } else if (has(DestinationFault.LOSES_ROW_OF_SECOND_BATCH) && batches == 2) {
                stored.removeLast();
                counted--;
            } else if (has(DestinationFault.DOUBLES_ROW) && stored.size() > 3) {
                stored.add(stored.getFirst());
            }
            written.addAll(stored);
        }

        @Override
        public Committable prepare(Marker marker) {
            requireNotCancelled();
            if (has(DestinationFault.PREPARED_IS_VISIBLE)) {
                written.forEach(MemoryTarget.this::show);
            } else {
                ready.addAll(written);
            }
            if (has(DestinationFault.MARKS_BEFORE_COMMIT)) {
                mark(marker);
            }
            written.clear();
            int rejected = rows.rejected() - rejectedBefore;
            rejectedBefore = rows.rejected();
            long total = has(DestinationFault.COUNTS_REJECTS_AS_ROWS) ? handed : counted;
            handed = 0;
            counted = 0;
            batches = 0;
            String handle = Integer.toString(handles.incrementAndGet());
            prepared.put(handle, this);
            return new Committable(marker, total, rejected, 0, handle);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void close() {
            if (has(DestinationFault.CLOSE_KEEPS_ROWS)) {
                written.forEach(MemoryTarget.this::show);
                ready.forEach(MemoryTarget.this::show);
            }
            written.clear();
            ready.clear();
        }
    }
}
