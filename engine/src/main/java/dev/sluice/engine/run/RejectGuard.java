package dev.sluice.engine.run;

import dev.sluice.engine.connection.RejectRules;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import org.jspecify.annotations.Nullable;

/** Holds a stream against the rules for its rejected records. The lanes share one. */
final class RejectGuard {
    /** The code of a stream of which too many records were rejected. */
    static final String TOO_MANY = "E_TOO_MANY_REJECTS";

    private final RejectRules rules;
    private final StreamProgress progress;

    RejectGuard(RejectRules rules, StreamProgress progress) {
        this.rules = rules;
        this.progress = progress;
    }

    RejectRules rules() {
        return rules;
    }

    /** Why the stream must not go on after this record, which is counted already; null if it may. */
    @Nullable
    ProblemException after(RejectedRecord record) {
        if (rules.policy() == RejectRules.Policy.STOP) {
            return Problem.of("E_REJECTED", ProblemKind.DATA, "a record cannot be moved: " + record.reason())
                    .at(progress.plan().stream() + ": " + record.place())
                    .because("the stream stops at the first such record (`rejects: stop`)")
                    .fix("look at it with `sluice rejects show`; mend it, or keep such records aside with"
                            + " `rejects: quarantine`")
                    .exception();
        }
        return rules.limit().isExceeded(rejected(), read(), false) ? tooMany(record) : null;
    }

    /** Fails at the end of a read of which too large a share was rejected. */
    void atEnd() {
        if (rules.limit().isExceeded(rejected(), read(), true)) {
            throw tooMany(null);
        }
    }

    private ProblemException tooMany(@Nullable RejectedRecord last) {
        return Problem.of(
                        TOO_MANY,
                        ProblemKind.DATA,
                        rejected() + " of " + read() + " records were rejected, and "
                                + rules.limit().words() + " may be")
                .at(progress.plan().stream().toString())
                .because(last == null ? null : "the last one is " + last.place() + ": " + last.reason())
                .fix("see why with `sluice rejects list`, or allow more with `rejects: {max: ..., maxPercent: ...}`")
                .exception();
    }

    private long rejected() {
        return progress.rejectsBefore() + progress.rowsRejected();
    }

    private long read() {
        return progress.rowsBefore() + progress.rejectsBefore() + progress.rowsRead();
    }
}
