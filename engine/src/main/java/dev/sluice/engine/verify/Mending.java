package dev.sluice.engine.verify;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.DestinationTraits;
import org.jspecify.annotations.Nullable;

/** What can be done about a copy that is not as its source is. */
final class Mending {
    private Mending() {}

    /**
     * Why single rows cannot be mended.
     *
     * @param ambiguous true if the source has several rows of a key that differs
     * @param unnamed how many rows differ that nobody looked at one by one
     * @return null if they can
     */
    static @Nullable String obstacle(
            Fields fields, Promise promise, boolean ambiguous, long unnamed, DestinationTraits traits) {
        if (!traits.modes().contains(DestinationSyncMode.APPEND_DEDUP) || !traits.operations()) {
            return "the destination cannot replace or delete single rows";
        }
        if (!fields.hasKey()) {
            return "nothing tells its rows apart";
        }
        if (promise == Promise.HISTORY) {
            return "it keeps older versions of rows, which cannot be told from wrong ones";
        }
        if (ambiguous) {
            return "the source has several rows of one key";
        }
        return unnamed > 0 ? "so much differs that a new copy is quicker" : null;
    }

    /** The command that copies a stream anew: each sync does where streams are copied whole. */
    static String copyAnew(StreamPlan plan) {
        return "copy it anew: "
                + (plan.read().mode() == SyncMode.FULL_REFRESH
                        ? "`sluice sync`"
                        : "`sluice refresh --stream " + plan.stream() + "`");
    }
}
