package dev.sluice.spi.destination;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configured destination. Methods may be called by several threads at once.
 *
 * <p>All methods throw {@link dev.sluice.spi.problem.ProblemException} when they fail.
 */
public interface Destination extends AutoCloseable {
    /** What it can do. Asks no remote system. */
    DestinationTraits traits();

    /**
     * The ways to write objects that are there already (data activation); empty from a destination that only makes places of
     * its own. Asks the system.
     *
     * @param object only those of this kind of object, in the words of {@link ObjectOperation#object}; null for all kinds
     */
    default List<ObjectOperation> operations(@Nullable String object) {
        return List.of();
    }

    /** Tries whether the configuration works, writing included, and leaves nothing behind. */
    CheckReport check();

    /** Tells what {@link #open} would do, and changes nothing. */
    TargetPlan plan(TargetSpec spec);

    /**
     * What the destination remembers of the target; empty if nobody wrote it through Sluice. The answer may name another
     * owner.
     */
    Optional<Ledger> ledger(TargetSpec spec);

    /**
     * Takes the target for this run and prepares it: creates or widens what is needed, continues the unfinished run of
     * the same generation and sync id, or begins a new one. An unfinished run of another generation or sync id is
     * discarded first: its rows and its markers are gone, what was published stays.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFLICT} if another connection owns it or another
     *     run of this connection is writing it
     */
    Target open(TargetSpec spec);

    /**
     * Opens what is stored of the target for reading, as it was published. The columns are named as {@link #plan} says.
     *
     * @throws dev.sluice.spi.problem.ProblemException with the code {@code E_READ_BACK_UNSUPPORTED} from destinations
     *     that only write
     */
    default ReadBack readBack(TargetSpec spec) {
        throw Problem.of(
                        "E_READ_BACK_UNSUPPORTED",
                        ProblemKind.CONFIG,
                        "the destination cannot read back what it has written")
                .at(spec.stream().toString())
                .fix("compare it with the source by means of its own")
                .exception();
    }

    /**
     * Removes a target with all that is kept of it, as if it had never been written, and its namespace if nothing else is
     * in it. A target that is not there is no failure. For targets that were made for a trial.
     *
     * @return false if this destination cannot remove targets
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFLICT} if another connection owns it and may not
     *     be taken over, or a run is writing it
     */
    default boolean remove(TargetSpec spec) {
        return false;
    }

    /** Where the host may put files of its own; empty from a destination that holds none. */
    default Optional<FileShelf> shelf() {
        return Optional.empty();
    }

    /** Lets go of everything. */
    @Override
    void close();
}
