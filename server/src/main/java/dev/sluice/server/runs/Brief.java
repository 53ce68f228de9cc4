package dev.sluice.server.runs;

import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is looked at while somebody waits for the answer: few at a time, and not for long. Threads may share it. */
final class Brief {
    /** Who asks for more has to wait; each of them may hold a connection and some memory. */
    private static final int AT_ONCE = 4;

    private final Duration patience;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** For as long as this at most. */
    Brief(Duration patience) {
        this.patience = patience;
    }

    /** How long it may take. */
    Duration patience() {
        return patience;
    }

    /**
     * The answer; who asked waits no longer than is usual. What hangs keeps its place until it ends by itself.
     *
     * @param looking gets what tells it that nobody waits any more
     * @param late what to say then
     */
    <T> T answer(Function<StopSignal, T> looking, Supplier<ProblemException> late) {
        if (!places.tryAcquire()) {
            throw Problem.of("E_SAMPLES_BUSY", ProblemKind.TRANSIENT, "too many samples are being read at the moment")
                    .fix("try it again in a few seconds")
                    .exception();
        }
        StopSignal stop = new StopSignal();
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofPlatform().name("sluice look").daemon(true).start(() -> {
            try {
                answer.complete(looking.apply(stop));
            } catch (RuntimeException | Error failure) {
                answer.completeExceptionally(failure);
            } finally {
                places.release();
            }
        });
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure.getCause());
        } catch (TimeoutException timeout) {
            stop.abort();
            throw late.get();
        } catch (InterruptedException interrupted) {
            stop.abort();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What an end gets that is only looked at: nobody reads its log, and it ends when nobody waits any more. */
    static ConnectorContext context(Clock clock, StopSignal stop, Side<?> side, Redactor redactor) {
        return new Silent(clock, stop, side, redactor);
    }

    private record Silent(Clock clock, StopSignal stop, Side<?> side, Redactor redactor) implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {}

        @Override
        public boolean cancelled() {
            return stop.isRequested();
        }

        @Override
        public void configChanged(Config config) {
            redactor.learn(side.renewal().keep(config));
        }

        @Override
        public Optional<Path> memory() {
            return Optional.ofNullable(side.memory());
        }
    }
}
