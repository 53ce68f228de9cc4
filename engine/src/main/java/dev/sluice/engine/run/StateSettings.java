package dev.sluice.engine.run;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.plan.MappingMark;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.ObjectWrite;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Spells out the settings that a stream's state depends on; with others the state is void. */
final class StateSettings {
    private static final String PER = " per ";

    private StateSettings() {}

    static String of(StreamPlan plan) {
        String cursor = plan.read().mode() == SyncMode.INCREMENTAL ? " by " + cursor(plan) : "";
        ObjectWrite object = plan.target().object();
        String into = object == null ? "" : " into " + object.object();
        return MappingMark.on(
                plan.mode().key() + into + cursor + (plan.mode().write().dedups() ? PER + key(plan) : ""),
                plan.mapping());
    }

    private static String cursor(StreamPlan plan) {
        return plan.read().cursor() == null
                ? "the source's own cursor"
                : String.valueOf(plan.read().cursor());
    }

    private static String key(StreamPlan plan) {
        List<FieldPath> key = plan.target().object() == null
                ? plan.read().primaryKey()
                : plan.target().mode().primaryKey();
        return key.stream().map(FieldPath::toString).collect(Collectors.joining(", "));
    }

    /** True if what is there was written by a mode whose every run replaces it, so that the first copy may do so too. */
    static boolean wereOverwriting(StreamState saved) {
        return mode(saved).filter(mode -> mode.write().overwrites()).isPresent();
    }

    /**
     * Refuses to go on with other settings where the rows that are there would not fit to the new ones: appending would
     * add them all once more, and rows that were not kept by this key may be there several times. Whoever changes the
     * settings says what becomes of them. Objects of another system are looked for by their keys, and only what is inserted
     * without looking would be there twice.
     */
    static void requireChoice(StreamState saved, StreamPlan plan) {
        String now = of(plan);
        boolean nothingThere = saved.lastSyncId() == 0;
        boolean replaced = plan.mode().write().overwrites() || wereOverwriting(saved);
        boolean mergesAgain =
                plan.mode().write().dedups() && keyPart(saved.settings()).equals(keyPart(now));
        boolean looksFirst = plan.target().object() != null && plan.mode().write() != DestinationSyncMode.APPEND;
        if (nothingThere || replaced || mergesAgain || looksFirst || saved.isEdited()) {
            return;
        }
        throw Problem.of(
                        "E_SETTINGS_CHANGED",
                        ProblemKind.CONFIG,
                        "the stream is copied otherwise now, and its old rows do not fit to the new ones")
                .at(plan.stream().toString())
                .because("it was " + MappingMark.without(saved.settings()) + " and is " + MappingMark.without(now))
                .fix(remedy(plan))
                .exception();
    }

    /** A refresh is for streams that are read incrementally; where each run reads all, what is there has to go before. */
    private static String remedy(StreamPlan plan) {
        return plan.mode().read() == SyncMode.INCREMENTAL
                ? "replace the rows by a new copy: `sluice refresh --stream " + plan.stream()
                        + "`; or keep them: the same with --keep-history"
                : "begin anew: `sluice clear --stream " + plan.stream() + "`, then run it again";
    }

    private static Optional<StreamMode> mode(StreamState saved) {
        return StreamMode.of(saved.settings().split(" ", 2)[0]);
    }

    /** True if settings differ in the mappers at most: what is there stays, and what is new follows the new ones. */
    static boolean differInMappersOnly(String one, String other) {
        return MappingMark.without(one).equals(MappingMark.without(other));
    }

    private static String keyPart(String marked) {
        String settings = MappingMark.without(marked);
        int per = settings.indexOf(PER);
        return per < 0 ? "" : settings.substring(per);
    }
}
