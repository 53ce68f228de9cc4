package dev.sluice.engine.run;

import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.SplitProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes rejected records of one stream once more, all in one commit. It goes record by record, so that each one that
 * fails again is known by its number. One thread uses it.
 */
final class Replay implements WriteContext {
    /** The only split of a replay. */
    static final String SPLIT = "replay";

    private final StreamPlan plan;
    private final RejectRules rules;
    private final ReplayReader reader;
    private final StopSignal stop;
    private final List<Long> written = new ArrayList<>();
    private final Map<Long, RejectedRecord> again = new LinkedHashMap<>();
    private final Map<String, Long> changes = new TreeMap<>();
    private @Nullable RejectedRecord refused;
    private @Nullable String alteredUnforeseen;
    private long rows;
    private long refusedRows;

    Replay(StreamPlan plan, Source source, StopSignal stop) {
        this.plan = plan;
        this.stop = stop;
        rules = plan.rejects().forReplay();
        reader = new ReplayReader(source, plan, rules.policy() == RejectRules.Policy.ANNOTATE);
    }

    /** The records that were written. */
    List<Long> written() {
        return written;
    }

    /** The records that were rejected again, and why. */
    Map<Long, RejectedRecord> again() {
        return again;
    }

    /** How many values were altered, by field and kind of change. */
    Map<String, Long> changes() {
        return changes;
    }

    /** The rows that were handed over and not refused. */
    long rows() {
        return rows - refusedRows;
    }

    /**
     * Prepares the commit of the records that can be written.
     *
     * @param target the target, opened for appending
     * @param writer a writer of it
     */
    Committable prepare(Target target, Writer writer, List<ReplayRecord> records) {
        Runnable unregister = stop.onAbort(writer::cancel);
        try {
            for (ReplayRecord record : records) {
                requireWanted();
                switch (reader.read(record)) {
                    case ReplayReader.Outcome.Again(RejectedRecord why) -> again.put(record.id(), why);
                    case ReplayReader.Outcome.Rows(RecordBatch batch) -> write(writer, record, batch);
                }
            }
            Committable prepared = writer.prepare(new Marker(SPLIT, new SplitProgress(null, true, rows())));
            requireForeseen();
            requireBalance(prepared);
            return prepared;
        } finally {
            unregister.run();
        }
    }

    /** Goes through the records as {@link #prepare} does, and hands none of them over. */
    void rehearse(List<ReplayRecord> records) {
        for (ReplayRecord record : records) {
            requireWanted();
            switch (reader.read(record)) {
                case ReplayReader.Outcome.Again(RejectedRecord why) -> again.put(record.id(), why);
                case ReplayReader.Outcome.Rows(RecordBatch batch) -> {
                    refused = null;
                    settle(record, pass(batch, List.of()));
                }
            }
        }
    }

    private void write(Writer writer, ReplayRecord record, RecordBatch batch) {
        refused = null;
        RecordBatch passing = pass(batch, rules.strict() == RejectRules.Strict.OFF ? List.of() : writer.misfits(batch));
        if (passing.rows() == batch.rows()) {
            writer.write(passing);
            requireForeseen();
            rows += passing.rows();
        }
        settle(record, passing);
    }

    private RecordBatch pass(RecordBatch batch, List<ValueChange> misfits) {
        StrictGate gate = new StrictGate(rules.strict(), plan.key(), (why, row) -> refused = why);
        return gate.isClosed() ? gate.pass(batch, misfits, new RowPlace(SPLIT, 0)) : batch;
    }

    private void settle(ReplayRecord record, RecordBatch passing) {
        RejectedRecord why = refused;
        if (why == null) {
            passing.changes().forEach(change -> count(change.field(), change.change()));
            written.add(record.id());
        } else {
            again.put(
                    record.id(),
                    record.record()
                            .because(why.code(), why.reason())
                            .inField(why.field())
                            .mappedTo(why.mapped()));
        }
    }

    private void requireForeseen() {
        if (alteredUnforeseen != null) {
            throw StrictGate.unforeseen(alteredUnforeseen);
        }
    }

    private void requireWanted() {
        if (stop.isRequested()) {
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                    .because("nothing was replayed")
                    .exception();
        }
    }

    /** I7: what was handed to the writer is committed or rejected, by the destination's own count. */
    private void requireBalance(Committable prepared) {
        boolean balanced = prepared.rows() == rows() && prepared.rejected() == refusedRows && written.size() == rows();
        if (!balanced) {
            throw Problem.of(
                            "E_IMBALANCE",
                            ProblemKind.INTEGRITY,
                            rows + " rows were handed to the destination, which counted " + prepared.rows()
                                    + " written and " + prepared.rejected() + " rejected")
                    .at(plan.stream().toString())
                    .because("nothing was committed")
                    .exception();
        }
    }

    @Override
    public void reject(RejectedRecord record) {
        refused = record;
        refusedRows++;
    }

    @Override
    public void reject(RecordBatch batch, int row, String code, String reason, @Nullable String field) {
        reject(RowMapper.refused(batch, row, SPLIT, code, reason).inField(field));
    }

    @Override
    public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {
        count(field, change);
        if (rules.strict() != RejectRules.Strict.OFF) {
            alteredUnforeseen = field;
        }
    }

    private void count(String field, ValueChange.Change change) {
        changes.merge(StreamProgress.words(field, change), 1L, Long::sum);
    }
}
