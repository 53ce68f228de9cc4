package dev.sluice.airbyte.message;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ChangeFields;

/** A record of a deleted row looks like one that is there, but for the field that tells it. */
public final class UnseenDeletes {
    private UnseenDeletes() {}

    /**
     * Refuses deleted rows that a message would show as if they were there.
     *
     * @throws dev.sluice.spi.problem.ProblemException if there are any
     */
    public static void refuse(RecordBatch batch, StreamId stream) {
        if (!batch.hasOperations()
                || batch.schema().indexOf(ChangeFields.DELETED_AT).isPresent()) {
            return;
        }
        for (int row = 0; row < batch.rows(); row++) {
            if (batch.operation(row) == Operation.DELETE) {
                throw Problem.of(
                                "E_LOG_UNSEEN_DELETE",
                                ProblemKind.CONFIG,
                                "a row was deleted, and nothing would show it")
                        .at(stream.toString())
                        .because("the field " + ChangeFields.DELETED_AT + " is not among the selected ones")
                        .fix("select that field")
                        .exception();
            }
        }
    }
}
