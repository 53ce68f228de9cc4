package dev.sluice.server.runs;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.ReplayRecord;
import dev.sluice.engine.run.ReplayRun;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.run.StreamStatus;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.ConnectionStates;
import dev.sluice.server.states.RejectList.Kept;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tries rejected records of a connection again, in one commit a stream. What stays rejected has its reason of now; what
 * arrived counts as replayed because the destination's ledger says so (I2).
 */
final class ReplayWork {
    private static final Duration LONGEST = Duration.ofHours(6);

    private final Store store;
    private final Sides sides;
    private final Subjects subjects;
    private final RunOptions options;
    private final Clock clock;

    ReplayWork(Store store, Sides sides, RunOptions options, Clock clock) {
        this.store = store;
        this.sides = sides;
        this.subjects = new Subjects(store, sides, clock);
        this.options = options;
        this.clock = clock;
    }

    AttemptResult replay(RunningJob job) {
        Subject subject = subjects.of(job);
        Side<SourceConnector> from = sides.source(subject.connection().ends().sourceId());
        Side<DestinationConnector> to =
                sides.destination(subject.connection().ends().destinationId());
        Redactor redactor = subject.redactor(job, from, to);
        UUID id = subject.connection().id();
        ConnectionStates states = new ConnectionStates(store, job.held(), id, clock);
        try (Source source = from.connector()
                        .open(from.endpoint().config(), JobContext.of(job, "source", from, redactor, clock));
                Destination destination = to.connector()
                        .open(to.endpoint().config(), JobContext.of(job, "destination", to, redactor, clock))) {
            SyncPlan plan = new SyncRun(
                            Settings.connection(
                                    subject.connection(), from.endpoint(), to.endpoint(), subject.streams(), LONGEST),
                            source,
                            destination,
                            states,
                            options,
                            new RunListener() {})
                    .plan(false);
            Replays replays = new Replays(
                    new ReplayRun(source, destination, states, job.stop()), plan, redactor, job.attempt() > 0);
            OpenRejects.of(store, id, Request.read(job.job().wish().request())).forEach(replays::add);
            return replays.result();
        } catch (ProblemException failure) {
            return AttemptResult.failed(redactor.redact(failure.problem()), List.of());
        }
    }

    /** What comes of the streams, one after the other. */
    private static final class Replays {
        private final ReplayRun run;
        private final SyncPlan plan;
        private final Redactor redactor;
        private final boolean wasInterrupted;
        private final List<AttemptStream> streams = new ArrayList<>();
        private long written;
        private long again;
        private @Nullable Problem first;

        Replays(ReplayRun run, SyncPlan plan, Redactor redactor, boolean wasInterrupted) {
            this.run = run;
            this.plan = plan;
            this.redactor = redactor;
            this.wasInterrupted = wasInterrupted;
        }

        /** The failure of one stream keeps no other from being replayed. */
        void add(StreamId stream, List<Kept> kept) {
            try {
                StreamPlan own = OpenRejects.plan(plan, stream);
                long generation = run.generation(own);
                if (wasInterrupted) {
                    throw interrupted(stream);
                }
                List<ReplayRecord> records = OpenRejects.missing(own, kept, generation);
                ReplayRun.Replayed replayed = run.execute(own, records);
                written += replayed.written();
                again += replayed.again().size();
                streams.add(new AttemptStream(
                        stream,
                        StreamStatus.COMPLETE,
                        new AttemptStream.Counts(
                                records.size(),
                                0,
                                replayed.written(),
                                0,
                                replayed.again().size(),
                                0,
                                records.size()),
                        null,
                        Json.EMPTY));
            } catch (ProblemException failure) {
                Problem problem = redactor.redact(failure.problem());
                streams.add(AttemptStream.untouched(stream, StreamStatus.FAILED, problem));
                first = first == null ? problem : first;
            }
        }

        /** Its commits have the number of the job, and one of them may be there; only another job can go on safely. */
        private static ProblemException interrupted(StreamId stream) {
            return Problem.of("E_REPLAY_INTERRUPTED", ProblemKind.CANCELLED, "it was interrupted before it was done")
                    .at(stream.toString())
                    .because("what had arrived counts as replayed, and the rest is open as before")
                    .fix("try the records again")
                    .exception();
        }

        /** Where none of them got in, it failed, however well it ran. */
        AttemptResult result() {
            Json found = new Json(JsonText.write(Map.of("written", written, "rejectedAgain", again)));
            Problem problem = first == null && written == 0 && again > 0 ? allRejected() : first;
            return (problem == null ? AttemptResult.succeeded(streams) : AttemptResult.failed(problem, streams))
                    .found(found);
        }

        private Problem allRejected() {
            return Problem.of("E_REPLAY_REJECTED", ProblemKind.DATA, "all of them were rejected again (" + again + ")")
                    .because("what rejected them is still there; the rejected records say what it is")
                    .fix("mend it at the source, in the mappings or at the destination, and try them again");
        }
    }
}
