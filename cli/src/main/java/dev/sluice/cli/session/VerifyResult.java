package dev.sluice.cli.session;

import dev.sluice.engine.verify.StreamVerdict;
import dev.sluice.engine.verify.Verification;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;

/** What came of verifying a stream. */
public sealed interface VerifyResult {
    /** The stream. */
    StreamId stream();

    /** It was compared. */
    record Compared(StreamVerdict verdict) implements VerifyResult {
        @Override
        public StreamId stream() {
            return verdict.stream();
        }
    }

    /** It was compared, mended if that was needed, and compared again. */
    record Mended(Verification.Repaired repaired) implements VerifyResult {
        @Override
        public StreamId stream() {
            return repaired.before().stream();
        }
    }

    /** It could not be compared or not be mended. */
    record Failed(StreamId stream, Problem problem) implements VerifyResult {}
}
