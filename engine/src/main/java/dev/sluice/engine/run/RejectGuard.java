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

    /**
     * Fails at the end of a read that would put nothing in the place of what is there, only because all of it was rejected. What
     * made every record bad is more likely to be a setting than the data.
     *
     * @param written the rows that would be published
     */
    void beforeReplacing(long written) {
        if (written == 0 && rejected() > 0) {
            // I5: what is there stays until there is something to take its place.
            throw allRejected(
                    " and nothing else would take the place of what is there", "the destination keeps what it had");
        }
    }

    /**
     * Fails at the end of a read that made no object at all, only because all of it was rejected: that is no success, and what was
     * new comes again.
     *
     * @param written the rows that the system took
     */
    void afterSending(long written) {
        if (written == 0 && rejected() > 0) {
            throw allRejected(" and no object was written", "what was new is read again by the next run");
        }
    }

    private ProblemException allRejected(String what, String why) {
        return Problem.of("E_ALL_REJECTED", ProblemKind.DATA, "all " + rejected() + " records were rejected," + what)
                .at(progress.plan().stream().toString())
                .because(why)
                .fix("see why with `sluice rejects list`, and mend the records, or the settings that make them bad")
                .exception();
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
