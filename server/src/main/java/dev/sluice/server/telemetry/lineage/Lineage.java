package dev.sluice.server.telemetry.lineage;

import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.state.Job;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.runs.RunObserver;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells what syncs move, from the plan to the end. Threads may share it. */
public final class Lineage implements RunObserver {
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final LineageSettings settings;
    private final LineageSender sender;
    private final Clock clock;

    /** To whom the settings say; events wait in a store. */
    public Lineage(LineageSettings settings, Store store, Clock clock) {
        this.settings = settings;
        this.sender = new LineageSender(settings, store, clock);
        this.clock = clock;
    }

    /** Sends what waits and is due. */
    public void deliver() {
        sender.deliver();
    }

    @Override
    public Watch begun(RunningJob job) {
        return switch (job.job().wish().kind()) {
            case SYNC, REFRESH -> new Following(job);
            case CLEAR, REPLAY, CHECK, DISCOVER -> new Watch() {};
        };
    }

    /** One attempt. */
    private final class Following implements Watch {
        private final RunningJob job;
        private final AtomicReference<Instant> told = new AtomicReference<>(Instant.MIN);
        private volatile @Nullable Moved moved;
        private volatile List<StreamProgress> streams = List.of();

        Following(RunningJob job) {
            this.job = job;
        }

        @Override
        public void planned(Moved all) {
            moved = all;
            told.set(clock.instant());
            send(event("START").moves(all, List.of()));
        }

        @Override
        public void started(Job begun, List<StreamProgress> accounts) {
            streams = accounts;
        }

        @Override
        public void committed(StreamProgress stream, Commit commit) {
            Instant last = told.get();
            Instant now = clock.instant();
            Moved all = moved;
            if (all != null && !now.isBefore(last.plus(BETWEEN)) && told.compareAndSet(last, now)) {
                send(event("RUNNING")
                        .moves(all, streams.stream().map(Following::numbers).toList()));
            }
        }

        private static AttemptStream numbers(StreamProgress stream) {
            return new AttemptStream(
                    stream.plan().stream(),
                    stream.status(),
                    new AttemptStream.Counts(
                            stream.rowsRead(),
                            stream.bytesRead(),
                            stream.rowsCommitted(),
                            stream.rowsFiltered(),
                            stream.rowsRejected(),
                            stream.rowsBefore(),
                            stream.rowsExpected()),
                    null,
                    Json.EMPTY);
        }

        @Override
        public void ended(AttemptResult result) {
            Moved all = moved;
            if (all == null) { // it came to no plan, so nobody knows what it would have moved
                send(event("START"));
            }
            LineageEvent event = event(
                    switch (result.outcome()) {
                        case SUCCEEDED -> "COMPLETE";
                        case FAILED -> "FAIL";
                        case STOPPED -> "ABORT";
                    });
            if (all != null) {
                event.moves(all, result.streams());
            }
            send(event.failed(result.problem()));
        }

        private LineageEvent event(String state) {
            Moved all = moved;
            String name = all == null
                    ? String.valueOf(job.job().wish().connectionId())
                    : all.connection().name();
            return new LineageEvent(state, clock.instant(), job, settings.namespace(), name);
        }

        private void send(LineageEvent event) {
            sender.add(event.text());
        }
    }
}
