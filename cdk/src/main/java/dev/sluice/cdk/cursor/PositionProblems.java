package dev.sluice.cdk.cursor;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;

/** What is said of positions from which no read can go on. */
public final class PositionProblems {
    private PositionProblems() {}

    /**
     * I4: refuses a position of another identity.
     *
     * @param identity the identity of the source as it is now
     * @param whenDifferent what makes identities differ, after a colon
     * @param otherwise another choice than to begin anew; empty if there is none
     */
    public static void requireIdentity(
            StreamId stream, Position position, String identity, String whenDifferent, String otherwise) {
        if (!position.identity().equals(identity)) {
            throw Problem.of(
                            "E_OTHER_IDENTITY",
                            ProblemKind.INTEGRITY,
                            "the saved position belongs to another server or table")
                    .at(stream.toString())
                    .because("it was " + position.identity() + " and is " + identity + ": " + whenDifferent)
                    .fix(rewind(stream) + otherwise)
                    .exception();
        }
    }

    /** The problem of a position that the source did not write. */
    public static ProblemException malformed(StreamId stream, IllegalArgumentException cause) {
        return Problem.of("E_BAD_POSITION", ProblemKind.CONFIG, "the saved position cannot be understood")
                .at(stream.toString())
                .because(cause.getMessage())
                .fix(rewind(stream))
                .exception(cause);
    }

    private static String rewind(StreamId stream) {
        return "copy the stream from the beginning: `sluice state rewind --stream " + stream + "`";
    }
}
