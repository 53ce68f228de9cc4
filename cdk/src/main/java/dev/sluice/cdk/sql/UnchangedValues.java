package dev.sluice.cdk.sql;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/** For destinations that cannot keep the values which a log did not resend. */
public final class UnchangedValues {
    private UnchangedValues() {}

    /**
     * Goes on if there is none; such a value would become null, so a batch with one is refused as a whole.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if there is one
     */
    public static void refuse(RecordBatch batch) {
        if (batch.hasOperations() && batch.columns().stream().anyMatch(Column::hasUnchanged)) {
            throw Problem.of(
                            "E_UNCHANGED_UNSUPPORTED",
                            ProblemKind.CONFIG,
                            "the destination cannot keep values that a log did not resend")
                    .fix("let the source send whole rows, such as with REPLICA IDENTITY FULL")
                    .exception();
        }
    }
}
