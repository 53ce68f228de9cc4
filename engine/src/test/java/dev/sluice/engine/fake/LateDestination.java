package dev.sluice.engine.fake;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A destination that remembers nothing and makes rows durable some time after they were committed. For one lane. */
public final class LateDestination implements Destination {
    private final List<Long> rows = new ArrayList<>();
    private final List<Long> generations = new ArrayList<>();
    private final int atOnce;
    private final boolean leavesOff;
    private final boolean ends;

    /**
     * A destination.
     *
     * @param atOnce after how many commits of a run it makes all so far durable; never before its end if 0
     * @param leavesOff true if it makes the rest durable when it is left off
     * @param ends true if it makes the rest durable at the end of the stream
     */
    public LateDestination(int atOnce, boolean leavesOff, boolean ends) {
        this.atOnce = atOnce;
        this.leavesOff = leavesOff;
        this.ends = ends;
    }

    /** The rows that are durable. */
    public List<Long> rows() {
        return List.copyOf(rows);
    }

    /** The generations that it was opened for. */
    public List<Long> generations() {
        return List.copyOf(generations);
    }

    @Override
    public DestinationTraits traits() {
        return new DestinationTraits(
                Set.of(DestinationSyncMode.APPEND, DestinationSyncMode.OVERWRITE), true, false, false, false, 1);
    }

    @Override
    public CheckReport check() {
        return new CheckReport(List.of());
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        return new TargetPlan("a", TargetPlan.Action.EXTEND, List.of(), Guarantee.AT_LEAST_ONCE, List.of());
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        return Optional.empty();
    }

    @Override
    public Target open(TargetSpec spec) {
        generations.add(spec.generation().id());
        if (spec.generation().truncates()) {
            rows.clear();
        }
        return new LateTarget();
    }

    @Override
    public void close() {}

    private final class LateTarget implements Target {
        private final List<Long> inHand = new ArrayList<>();
        private int fresh;
        private int commits;
        private int durable;

        @Override
        public Writer writer(WriteContext context) {
            return new LateWriter(this);
        }

        @Override
        public void commit(Committable committable) {
            commits++;
            if (commits == atOnce) {
                makeDurable();
            }
        }

        @Override
        public boolean isDurable(Committable committable) {
            return Integer.parseInt(committable.handle()) <= durable;
        }

        private void makeDurable() {
            rows.addAll(inHand);
            inHand.clear();
            durable = commits;
        }

        @Override
        public void leaveOff() {
            if (leavesOff) {
                makeDurable();
            }
        }

        @Override
        public void publish(long expectedRows, @Nullable Position end) {
            if (ends) {
                makeDurable();
            }
        }

        @Override
        public void discard() {
            throw new IllegalStateException("it remembers nothing");
        }

        @Override
        public void close() {}
    }

    private record LateWriter(LateTarget target) implements Writer {
        @Override
        public void write(RecordBatch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                target.inHand.add(((LongColumn) batch.column(0)).values()[row]);
                target.fresh++;
            }
        }

        @Override
        public Committable prepare(Marker marker) {
            Committable prepared = new Committable(marker, target.fresh, 0, 0, Integer.toString(target.commits + 1));
            target.fresh = 0;
            return prepared;
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
