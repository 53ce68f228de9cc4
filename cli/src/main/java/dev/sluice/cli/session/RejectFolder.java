package dev.sluice.cli.session;

import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.shelf.RejectFiles;
import dev.sluice.engine.shelf.RejectSupply;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Optional;

/** Puts the rejected records of a connection into the folder or bucket that its project names. */
final class RejectFolder {
    private final Session session;

    RejectFolder(Session session) {
        this.session = session;
    }

    /** Before a run: a place that holds no files is a mistake that need not wait for the first rejected record. */
    void require(RejectPlace place) {
        try (Destination destination = session.openDestination(place.side(), new StopSignal())) {
            shelf(place, destination);
        }
    }

    /**
     * Puts those of which no file tells yet.
     *
     * @throws ProblemException if the place does not take them; they stay where they are kept
     */
    Optional<RejectFiles.Shelved> put(RejectPlace place, RejectSupply supply, StopSignal stop) {
        try (Destination destination = session.openDestination(place.side(), stop)) {
            return new RejectFiles(supply, shelf(place, destination), place.format()).put();
        }
    }

    private static FileShelf shelf(RejectPlace place, Destination destination) {
        return destination
                .shelf()
                .orElseThrow(() -> Problem.of(
                                "E_REJECTS_STORE",
                                ProblemKind.CONFIG,
                                "rejected records cannot be stored as files there")
                        .at("rejects.store: " + place.side().words())
                        .because("it is no folder or bucket")
                        .fix("name a destination of the connector `file` whose `path` is a folder, such as"
                                + " s3://bucket/rejects")
                        .exception());
    }
}
