package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.RunState;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Enters a run into the manifest of a target, wherever that is kept. */
record RunEntry(TargetSpec spec, String place) {
    /** A manifest with the run in it, and the columns of the run's files. */
    record Entered(Manifest manifest, ColumnLayout columns) {}

    /** The fence of a run: a time that only grows. */
    static long fence(@Nullable Manifest there, long millis) {
        return Math.max(millis, there == null ? 0 : there.fence() + 1);
    }

    /**
     * Enters the run: as the one that is there already, or as a new one.
     *
     * @param columns the columns of the files of a run that goes on with these
     */
    Entered enter(@Nullable Manifest there, long fence, Function<List<KnownColumn>, ColumnLayout> columns) {
        if (there != null && isSameRun(there)) {
            ColumnLayout layout = columns.apply(there.run().columns());
            return new Entered(there.takenUpAgain(fence, layout.known()), layout);
        }
        boolean aside = spec.generation().truncates();
        ColumnLayout layout = columns.apply(
                there == null || aside ? List.of() : there.content().columns());
        RunState run = newRun(aside, layout);
        Manifest.Holder holder =
                new Manifest.Holder(spec.owner().connectionId(), spec.owner().connectionName(), spec.stream());
        return new Entered(
                there == null ? Manifest.first(holder, fence, run) : there.begun(holder, fence, run), layout);
    }

    private RunState newRun(boolean aside, ColumnLayout layout) {
        Generation generation = spec.generation();
        return new RunState(
                generation.id(), generation.syncId(), false, aside, Map.of(), List.<DataFile>of(), layout.known());
    }

    private boolean isSameRun(Manifest there) {
        RunState run = there.run();
        return !run.published()
                && there.holder().connectionId().equals(spec.owner().connectionId())
                && run.generation() == spec.generation().id()
                && run.syncId() == spec.generation().syncId()
                && run.aside() == spec.generation().truncates();
    }

    /** I8: one owner a target. */
    void requireOwner(Manifest.Holder known) {
        if (!known.connectionId().equals(spec.owner().connectionId())
                && !spec.owner().takeOver()) {
            throw Problem.of("E_TARGET_OWNED", ProblemKind.CONFLICT, place + " is written by another connection")
                    .at(place)
                    .because("it belongs to the connection " + known.connectionName() + " with the id "
                            + known.connectionId())
                    .fix("write to another place, or take it over with --take-over if the other connection is gone")
                    .exception();
        }
    }

    /** A target inside another one would be replaced with it. */
    ProblemException nested() {
        return Problem.of(
                        "E_TARGET_NESTED",
                        ProblemKind.CONFIG,
                        "the folder of the stream lies inside that of another one, or around it")
                .at(place)
                .fix("give the streams folders side by side with `layout`, such as {namespace}.{stream}")
                .exception();
    }

    /**
     * Refuses a place that holds what others made, unless it is to be taken over.
     *
     * @return what a person should know of it
     */
    Optional<String> foreign(boolean isFile) {
        if (spec.owner().takeOver()) {
            return Optional.of("what is there was not made by Sluice; it is taken over"
                    + (isFile ? "" : ", and files of others stay"));
        }
        throw Problem.of(
                        "E_TARGET_FOREIGN",
                        ProblemKind.CONFLICT,
                        (isFile ? "the file" : "the folder") + " is there and was not made by Sluice")
                .at(place)
                .because("it may be somebody's own data")
                .fix("choose another path or name, or allow it with --take-over")
                .exception();
    }
}
