package dev.sluice.server.runs;

import dev.sluice.engine.shelf.RejectFiles;
import dev.sluice.server.connections.RejectStore;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.ConnectionStates;
import dev.sluice.server.store.Json;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the rejected records of a run into the folder or bucket that its connection names. */
final class RejectFolder {
    private final RejectStore wish;
    private final Side<DestinationConnector> side;
    private final RunningJob job;
    private final Redactor redactor;
    private final Clock clock;

    private RejectFolder(
            RejectStore wish, Side<DestinationConnector> side, RunningJob job, Redactor redactor, Clock clock) {
        this.wish = wish;
        this.side = side;
        this.job = job;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * That of a connection; null if it names none.
     *
     * @throws ProblemException if it holds no files: that need not wait for the first rejected record
     */
    static @Nullable RejectFolder of(Subject subject, Sides sides, RunningJob job, Clock clock) {
        RejectStore wish = RejectStore.of(subject.connection().settings());
        if (wish == null) {
            return null;
        }
        Side<DestinationConnector> side = sides.destination(wish.destinationId());
        RejectFolder folder = new RejectFolder(wish, side, job, subject.redactor(job, side), clock);
        try (Destination destination = folder.open()) {
            folder.shelf(destination);
        }
        return folder;
    }

    private Destination open() {
        return side.connector().open(side.endpoint().config(), JobContext.of(job, "rejects", side, redactor, clock));
    }

    private FileShelf shelf(Destination destination) {
        return destination
                .shelf()
                .orElseThrow(() -> Problem.of(
                                "E_REJECTS_STORE",
                                ProblemKind.CONFIG,
                                "rejected records cannot be stored as files there")
                        .at(side.endpoint().name())
                        .because("it is no folder or bucket")
                        .fix("name a destination of the connector `file` whose path is a folder, such as"
                                + " s3://bucket/rejects")
                        .exception());
    }

    /** Puts those of which no file tells yet. What fails makes the attempt fail: somebody misses what was promised. */
    AttemptResult after(AttemptResult result, ConnectionStates states) {
        try (Destination destination = open()) {
            Optional<RejectFiles.Shelved> put =
                    new RejectFiles(states.unshelved(), shelf(destination), wish.format()).put();
            if (put.isEmpty()) {
                return result;
            }
            RejectFiles.Shelved shelved = put.get();
            say(System.Logger.Level.INFO, shelved.records() + " rejected records are stored below " + shelved.link());
            return result.found(new Json(
                    JsonText.write(Map.of("rejectsLink", shelved.link(), "rejectsStored", shelved.records()))));
        } catch (ProblemException failure) {
            if (failure.problem().code().equals("E_LEASE_LOST")) {
                throw failure;
            }
            Problem problem = redactor.redact(failure.problem());
            say(System.Logger.Level.ERROR, problem.code() + ": " + problem.message() + " (" + problem.why() + ")");
            return result.outcome() == AttemptResult.Outcome.SUCCEEDED
                    ? AttemptResult.failed(problem, result.streams())
                    : result;
        }
    }

    private void say(System.Logger.Level level, String message) {
        job.log().add(level, "platform", message);
    }
}
