package dev.sluice.engine.verify;

import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.run.CompleteCopy;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.value.TextValues;
import dev.sluice.engine.verify.Difference.Kind;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowSelection;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.Field;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes the rows of a stream that differ, and no others: by their keys, in commits of a job of their own, under the
 * ledger and the ownership of the target like any sync (I2, I8). Rows that the source does not have are deleted, and so
 * are those that are there too often before they are written once. The position of the stream stays.
 */
final class Repair {
    private static final String REMOVALS = "repair-removals";
    private static final String ROWS = "repair-rows";

    private final StreamPlan plan;
    private final Destination destination;
    private final StateStore store;
    private final CompleteCopy copy;
    private final Set<Hash> toWrite = new HashSet<>();
    private final List<RecordBatch> toRemove = new ArrayList<>();
    private long written;
    private long removed;

    Repair(StreamPlan plan, Destination destination, StateStore store, CompleteCopy copy) {
        this.plan = plan;
        this.destination = destination;
        this.store = store;
        this.copy = copy;
    }

    /** How many rows were written. */
    long written() {
        return written;
    }

    /** How many rows were removed. */
    long removed() {
        return removed;
    }

    /** Notes what is to be done, as long as both sides can be read. */
    void prepare(Verification.Found found, Sides sides) {
        requirePossible(found);
        Set<Hash> removals = new HashSet<>();
        found.suspects().forEach((key, kind) -> {
            if (EnumSet.of(Kind.MISSING, Kind.DIFFERENT, Kind.DOUBLED).contains(kind)) {
                toWrite.add(key);
            }
            if (EnumSet.of(Kind.EXTRA, Kind.DOUBLED).contains(kind)) {
                removals.add(key);
            }
        });
        if (removals.isEmpty()) {
            return;
        }
        sides.read((side, hasher, batch, row) -> {
            if (side == Sides.Side.STORED) {
                synchronized (removals) {
                    if (removals.remove(hasher.key(batch, row))) {
                        toRemove.add(removal(sides.fields(), batch, row));
                    }
                }
            }
        });
    }

    private void requirePossible(Verification.Found found) {
        String why = found.verdict().obstacle();
        if (why != null) {
            throw Problem.of("E_VERIFY_REPAIR", ProblemKind.CONFIG, "the copy cannot be mended row by row")
                    .at(plan.stream().toString())
                    .because(why)
                    .fix(Mending.copyAnew(plan))
                    .exception();
        }
    }

    /** The delete of a stored row: its key in the types of the stream, and nothing else. */
    private RecordBatch removal(Fields fields, RecordBatch batch, int row) {
        List<Column> columns = new ArrayList<>();
        for (Field field : plan.target().schema().fields()) {
            ColumnBuilder builder = ColumnBuilder.of(field.type(), 1);
            Optional<String> key = fields.key().stream()
                    .map(fields.compared()::get)
                    .filter(each -> each.field().equals(field))
                    .findFirst()
                    .flatMap(each ->
                            ValueText.of(batch.schema().field(each.stored()).type(), batch.column(each.stored()), row));
            if (key.isPresent()) {
                TextValues.append(field.type(), key.get(), builder);
            } else {
                builder.appendNull();
            }
            columns.add(builder.build());
        }
        return new RecordBatch(
                plan.target().schema(), 1, columns, new byte[] {Operation.DELETE.code()}, List.of(), now());
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Writes what was noted. */
    void write(Scan source, Fields fields, Reading reading) {
        Optional<Ledger> ledger = copy.ledger(plan);
        copy.ready(plan, ledger, 0);
        Job job = store.beginJob();
        // Over before it does anything: a sync after a crash must not take itself for a part of this job.
        store.endJob(job, "repair");
        StreamState state = copy.ready(plan, ledger, job.syncId());
        try (Target target = destination.open(spec(state, job))) {
            if (!toRemove.isEmpty()) {
                removed = commit(target, REMOVALS, writer -> toRemove.forEach(writer));
            }
            if (!toWrite.isEmpty()) {
                written = commit(target, ROWS, writer -> {
                    Set<Hash> left = new HashSet<>(toWrite);
                    reading.all(new Reading.Of(source, () -> {
                        RowHasher hasher = new RowHasher(fields, false);
                        return batch -> pick(batch, hasher, left, writer);
                    }));
                });
            }
            target.publish(written + removed, state.position());
        }
        Cut.at("after-repair-publish");
        store.save(state.published(state.generation(), job.syncId(), state.position()));
    }

    private TargetSpec spec(StreamState state, Job job) {
        TargetSpec target = plan.target();
        return new TargetSpec(
                target.owner(),
                target.stream(),
                target.name(),
                target.schema(),
                // No cursor: a wrong row has to go also where its cursor says that it is the later one.
                new WriteMode(DestinationSyncMode.APPEND_DEDUP, plan.key(), null),
                new Generation(state.generation(), 0, job.syncId()));
    }

    /** Gives the rows of a batch that are to be written to a writer, each as a plain row. */
    private static void pick(RecordBatch batch, RowHasher hasher, Set<Hash> keys, Consumer<RecordBatch> writer) {
        synchronized (keys) {
            int[] rows = new int[batch.rows()];
            int count = 0;
            for (int row = 0; row < batch.rows(); row++) {
                boolean isThere = !batch.hasOperations() || batch.operation(row) != Operation.DELETE;
                if (isThere && keys.contains(hasher.key(batch, row))) {
                    rows[count++] = row;
                }
            }
            if (count > 0) {
                writer.accept(RowSelection.of(batch, Arrays.copyOf(rows, count)));
            }
        }
    }

    /** Commits what the rows hold, and tells how many there were. */
    private long commit(Target target, String split, Consumer<Consumer<RecordBatch>> rows) {
        Handed handed = new Handed();
        try (Writer writer = target.writer(handed)) {
            rows.accept(batch -> {
                handed.rows += batch.rows();
                writer.write(batch);
            });
            long taken = handed.rows - handed.refused;
            Committable prepared = writer.prepare(new Marker(split, new SplitProgress(null, true, taken)));
            requireWhole(prepared, handed);
            Cut.at("before-repair-commit");
            target.commit(prepared); // I2
            return prepared.rows();
        }
    }

    /** I7: what was handed over is taken, by the destination's own count. */
    private void requireWhole(Committable prepared, Handed handed) {
        boolean isStrict = plan.rejects().strict() != RejectRules.Strict.OFF;
        if (prepared.rows() == handed.rows && handed.refused == 0 && !(isStrict && handed.altered)) {
            return;
        }
        throw refused(
                handed.altered && handed.refused == 0
                        ? "it would have altered values, and the stream is strict"
                        : handed.rows + " rows were handed over, and it took " + prepared.rows());
    }

    private ProblemException refused(String why) {
        return Problem.of("E_VERIFY_REPAIR", ProblemKind.DATA, "the destination did not take the rows as they are")
                .at(plan.stream().toString())
                .because(why)
                .fix(Mending.copyAnew(plan))
                .exception();
    }

    /** What was handed to a writer. */
    private static final class Handed implements WriteContext {
        private long rows;
        private long refused;
        private boolean altered;

        @Override
        public void reject(RejectedRecord record) {
            refused++;
        }

        @Override
        public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {
            altered = true;
        }
    }
}
