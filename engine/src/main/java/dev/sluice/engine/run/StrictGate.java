package dev.sluice.engine.run;

import dev.sluice.engine.connection.RejectRules.Strict;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowSelection;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Keeps rows back of which a value would not arrive as it is. It stands right before the writer, so that nothing that it
 * keeps back is ever handed over. One thread uses it.
 */
final class StrictGate {
    private final Strict strict;
    private final List<FieldPath> key;
    private final ObjIntConsumer<RejectedRecord> rejects;

    /**
     * Makes a gate.
     *
     * @param key the fields that tell rows apart; empty if nobody knows
     * @param rejects takes the rows that are kept back, each with its place in the batch
     */
    StrictGate(Strict strict, List<FieldPath> key, ObjIntConsumer<RejectedRecord> rejects) {
        this.strict = strict;
        this.key = key;
        this.rejects = rejects;
    }

    /** True if no value may be altered. */
    boolean isClosed() {
        return strict != Strict.OFF;
    }

    /**
     * The rows of a batch that arrive as they are.
     *
     * @param altered which values the writer would alter
     * @param place where the first row stands, for rows without a key
     * @throws ProblemException if one such row is one too many
     */
    RecordBatch pass(RecordBatch batch, List<ValueChange> altered, RowPlace place) {
        Map<Integer, ValueChange> firstByRow = new TreeMap<>();
        batch.changes().forEach(change -> firstByRow.putIfAbsent(change.row(), change));
        altered.forEach(change -> firstByRow.putIfAbsent(change.row(), change));
        if (firstByRow.isEmpty()) {
            return batch;
        }
        firstByRow.forEach((row, change) -> {
            RejectedRecord record = record(batch, row, change, place);
            rejects.accept(record, row);
            if (strict == Strict.FAIL) {
                throw refused(record);
            }
        });
        return without(batch, firstByRow.keySet());
    }

    /** What to tell of a value that the writer altered though it had not said so. */
    static ProblemException unforeseen(String field) {
        return Problem.of(
                        "E_STRICT",
                        ProblemKind.DATA,
                        "a value of the field " + field + " does not fit its column, and `strict` allows no other one")
                .because("the destination noticed it only while it wrote; nothing of this part was committed")
                .fix("widen the column, leave the field out, or let such values become null without `strict`")
                .exception();
    }

    private static ProblemException refused(RejectedRecord record) {
        return Problem.of("E_STRICT", ProblemKind.DATA, "a record would not arrive as it is: " + record.reason())
                .at(record.place())
                .because("the stream is `strict: fail`; nothing of this part was committed")
                .fix("look at it with `sluice rejects show`; widen the column, keep such records aside with"
                        + " `strict: reject`, or let such values become null without `strict`")
                .exception();
    }

    private static RecordBatch without(RecordBatch batch, Collection<Integer> rows) {
        return RowSelection.of(
                batch,
                IntStream.range(0, batch.rows())
                        .filter(row -> !rows.contains(row))
                        .toArray());
    }

    private RejectedRecord record(RecordBatch batch, int row, ValueChange change, RowPlace place) {
        boolean nulled = change.change() == ValueChange.Change.NULLED;
        return RowMapper.refused(
                        batch,
                        row,
                        place.of(key, batch, row),
                        nulled ? "VALUE_NULLED" : "VALUE_TRUNCATED",
                        "field " + change.field() + ": the value would arrive "
                                + (nulled ? "as null" : "with a part missing") + " (" + change.reason() + ")")
                .inField(change.field());
    }
}
