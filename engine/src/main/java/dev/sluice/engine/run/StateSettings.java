package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.catalog.SyncMode;

/** Spells out the settings that a stream's state depends on; with others the state is void. */
final class StateSettings {
    private StateSettings() {}

    static String of(StreamPlan plan) {
        String key = plan.read().mode() == SyncMode.INCREMENTAL ? " by " + cursor(plan) : "";
        return plan.mode().key() + key;
    }

    private static String cursor(StreamPlan plan) {
        return plan.read().cursor() == null
                ? "the source's own cursor"
                : String.valueOf(plan.read().cursor());
    }
}
