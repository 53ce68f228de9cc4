package dev.sluice.engine.fake;

import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A fake table opened for a run. */
final class FakeTarget implements Target {
    private final FakeTable table;
    private final Hook hook;
    private final long miscount;
    private final Tastes tastes;
    private final Map<String, List<Long>> prepared = new ConcurrentHashMap<>();
    private final AtomicInteger handles = new AtomicInteger();

    /**
     * What the table does not take.
     *
     * @param refused the values whose rows it refuses
     * @param altered the values that it writes as null, and counts so
     * @param foresees true if it knows of these before
     */
    record Tastes(Set<Long> refused, Set<Long> altered, boolean foresees) {
        static final Tastes NONE = new Tastes(Set.of(), Set.of(), true);
    }

    FakeTarget(FakeTable table, TargetSpec spec, Hook hook, long miscount, Tastes tastes) {
        Objects.requireNonNull(spec);
        this.table = table;
        this.hook = hook;
        this.miscount = miscount;
        this.tastes = tastes;
    }

    @Override
    public Writer writer(WriteContext context) {
        hook.at("target.writer");
        return new FakeWriter(context);
    }

    @Override
    public void commit(Committable committable) {
        hook.at("target.commit");
        table.commit(Objects.requireNonNull(prepared.remove(committable.handle())), committable.marker());
        hook.at("target.committed");
    }

    @Override
    public void publish(long expectedRows, @Nullable Position end) {
        hook.at("target.publish");
        table.publish(expectedRows, end);
        hook.at("target.published");
    }

    @Override
    public void discard() {
        hook.at("target.discard");
        table.discard();
        hook.at("target.discarded");
    }

    @Override
    public void close() {}

    private final class FakeWriter implements Writer {
        private final WriteContext context;
        private List<Long> rows = new ArrayList<>();
        private int rejected;
        private volatile boolean cancelled;

        FakeWriter(WriteContext context) {
            this.context = context;
        }

        @Override
        public void write(RecordBatch batch) {
            hook.at("target.write");
            if (cancelled) {
                throw Problem.of("E_FAKE_CANCELLED", ProblemKind.CANCELLED, "the write was cancelled")
                        .exception();
            }
            LongColumn column = (LongColumn) batch.column(0);
            for (int row = 0; row < batch.rows(); row++) {
                long value = column.values()[row];
                if (tastes.refused().contains(value)) {
                    byte[] original = Long.toString(value).getBytes(StandardCharsets.UTF_8);
                    context.reject(new RejectedRecord("row " + value, "REFUSED", "it is refused", original));
                    rejected++;
                } else {
                    rows.add(batch.operation(row) == Operation.DELETE ? FakeTable.removal(value) : value);
                    if (tastes.altered().contains(value)) {
                        context.changed("id", Change.NULLED, Reason.DESTINATION_TYPECAST_ERROR);
                    }
                }
            }
        }

        @Override
        public List<ValueChange> misfits(RecordBatch batch) {
            List<ValueChange> misfits = new ArrayList<>();
            LongColumn column = (LongColumn) batch.column(0);
            for (int row = 0; row < batch.rows(); row++) {
                if (tastes.foresees() && tastes.altered().contains(column.values()[row])) {
                    misfits.add(new ValueChange(row, "id", Change.NULLED, Reason.DESTINATION_TYPECAST_ERROR));
                }
            }
            return misfits;
        }

        @Override
        public Committable prepare(Marker marker) {
            hook.at("target.prepare");
            String handle = "p" + handles.incrementAndGet();
            prepared.put(handle, rows);
            Committable committable = new Committable(marker, rows.size() + miscount, rejected, 0, handle);
            rows = new ArrayList<>();
            rejected = 0;
            return committable;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void close() {}
    }
}
