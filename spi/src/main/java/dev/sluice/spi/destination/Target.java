package dev.sluice.spi.destination;

import dev.sluice.spi.source.Position;
import org.jspecify.annotations.Nullable;

/**
 * A target opened for one run. It is owned by this run until it is closed; a second run is refused (I8).
 *
 * <p>{@link #writer} and {@link #commit} may be called by several threads at once, the rest by one.
 */
public interface Target extends AutoCloseable {
    /** A writer of its own for one lane of the run. */
    Writer writer(WriteContext context);

    /**
     * Makes the prepared rows and their marker visible in one step, and fails without any effect if the target has
     * another owner by now (I2, I8). When it returns they are durable, unless {@link #isDurable} says otherwise. For a target that replaces older content the rows become durable aside and are not
     * shown before {@link #publish}.
     */
    void commit(Committable committable);

    /**
     * Whether what was committed would be found again after a crash. A program that takes rows through a pipe says so when it
     * likes, which may be after further rows or at its end; until then the engine keeps no state of them (I3).
     */
    default boolean isDurable(Committable committable) {
        return true;
    }

    /**
     * Hears that nothing more is written in this run although the stream is not at its end, so that as much as possible of
     * what was committed becomes durable. It does not fail.
     */
    default void leaveOff() {}

    /**
     * Ends the run: checks that everything committed is there, puts a replacement in the place of the old content, and
     * keeps the position, in one step (I5). Readers see the old content or the new one, never a mixture.
     *
     * @param expectedRows the rows that all commits of this generation's read added, over all attempts
     * @param end the stream's position from now on; null if it has none
     */
    void publish(long expectedRows, @Nullable Position end);

    /**
     * Forgets the unfinished read of this generation: its rows and its markers. What was published stays.
     */
    void discard();

    /** Gives up the ownership for this run and lets go of connections. */
    @Override
    void close();
}
