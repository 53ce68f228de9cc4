package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.destination.MirrorTarget;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a mirror: objects that earlier runs have written and a whole read has met no row of are removed. Nothing is removed
 * where rows were rejected, which may be those that seem to be missing, and where more would go than the settings allow: a source that
 * is empty by mistake must not wipe a system in which people work.
 */
final class MirrorStep {
    private MirrorStep() {}

    /**
     * Does it.
     *
     * @return why not all that is missing was removed, which makes the stream fail once everything else is kept; null if it was
     */
    static @Nullable Problem removeGone(Target target, StreamPlan plan, StreamProgress progress) {
        if (!(target instanceof MirrorTarget mirror)) {
            throw new IllegalStateException("the destination offers a mirror and has none: " + target);
        }
        MirrorTarget.Gone gone = mirror.gone();
        if (gone.missing() == 0) {
            return null;
        }
        long rejected = progress.rejectsBefore() + progress.rowsRejected();
        if (rejected > 0) {
            progress.note(gone.missing() + " objects seem to be gone at the source and stay, because " + rejected
                    + " records were rejected that may be theirs");
            return null;
        }
        if (gone.missing() * 100.0 > plan.handling().maxDeletedPercent() * gone.known()) {
            return shrunk(plan, gone);
        }
        Cut.at("before-removal");
        MirrorTarget.Removed removed = mirror.removeGone();
        Cut.at("after-removal");
        progress.note(removed.removed() + " objects that are gone at the source were removed");
        return removed.refused() == 0 ? null : refused(plan, removed);
    }

    private static Problem shrunk(StreamPlan plan, MirrorTarget.Gone gone) {
        return Problem.of(
                        "E_MIRROR_SHRUNK",
                        ProblemKind.DATA,
                        gone.missing() + " of the " + gone.known()
                                + " objects that were written before are gone at the source, and nothing was removed")
                .at(plan.stream().toString())
                .because("no more than " + plan.handling().maxDeletedPercent()
                        + " % may be removed in one run; rows that are there were written")
                .fix("see that the source is whole; if it is, allow more with `maxDeletedPercent: 100`");
    }

    private static Problem refused(StreamPlan plan, MirrorTarget.Removed removed) {
        return Problem.of(
                        "E_MIRROR_REFUSED",
                        ProblemKind.DATA,
                        removed.refused() + " objects that are gone at the source could not be removed")
                .at(plan.stream().toString())
                .because("the system says: " + removed.why())
                .fix("let go of them in the system; the next run tries again. Everything else is done");
    }
}
