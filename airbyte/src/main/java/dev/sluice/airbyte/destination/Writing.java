package dev.sluice.airbyte.destination;

import dev.sluice.airbyte.message.Envelope;
import dev.sluice.airbyte.message.MessageType;
import dev.sluice.airbyte.message.Trace;
import dev.sluice.airbyte.process.ConnectorProcess;
import dev.sluice.airbyte.process.Lines;
import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.airbyte.program.Logged;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process that writes a stream. What it is sent goes through a pipe; a thread of its own hears what it says. Whatever it does wrong
 * is kept and ends the write at its next step, so that no stream succeeds whose destination has failed. {@link #send} is for one thread,
 * the rest for any.
 */
final class Writing implements AutoCloseable {
    private static final long STDOUT_MILLIS = 10_000;
    private static final long BROKEN_SECONDS = 10;
    private static final long POLL_MILLIS = 200;

    private final ConnectorProgram program;
    private final ConnectorProcess process;
    private final Acknowledgements acknowledged;
    private final OutputStream input;
    private final Thread hears;
    private final Thread watches;
    private final long patienceNanos;
    private volatile boolean sends;
    private volatile long sendsSince;
    private volatile @Nullable Problem wrong;
    private Trace.@Nullable Failure failure;

    /**
     * Goes along with a process.
     *
     * @param patienceMillis how long it may take no more rows
     */
    Writing(ConnectorProgram program, ConnectorProcess process, Acknowledgements acknowledged, long patienceMillis) {
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        this.program = program;
        this.process = process;
        this.acknowledged = acknowledged;
        this.input = process.input();
        this.watches = Thread.ofVirtual().unstarted(this::watch);
        this.hears = Thread.ofPlatform().daemon().name("airbyte destination").start(this::hear);
        watches.start();
    }

    /** Ends a process that stops to read, as whoever writes into its pipe would wait for ever. */
    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            if (sends && System.nanoTime() - sendsSince > patienceNanos) {
                giveUp(Problem.of("E_CONNECTOR", ProblemKind.TRANSIENT, "the destination failed")
                        .because("it took no rows for " + TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " s")
                        .fix("look at its lines in the log of the run"));
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }

    private void hear() {
        Envelope envelope = new Envelope();
        try (Lines lines = new Lines(process.output(), program.settings().longestLine())) {
            while (lines.next()) {
                if (lines.isCut()) {
                    throw Problem.of(
                                    "E_CONNECTOR_LINE",
                                    ProblemKind.DATA,
                                    "the connector sent a message that is too long")
                            .because("a message may have " + program.settings().longestLine() + " bytes")
                            .exception();
                }
                if (lines.length() > 0) {
                    take(envelope.read(lines.bytes(), lines.from(), lines.to()), envelope, lines);
                }
            }
        } catch (IOException ended) {
            program.log("the output of the connector broke off: " + ended.getMessage());
        } catch (ProblemException known) {
            giveUp(known.problem());
        } catch (RuntimeException unexpected) {
            giveUp(Problem.of("E_CONNECTOR", ProblemKind.INTERNAL, "what the connector said could not be understood")
                    .because(unexpected.getMessage()));
        }
    }

    /** Goes on no longer with a process that cannot be relied on. */
    private void giveUp(Problem problem) {
        wrong = wrong == null ? problem : wrong;
        process.close();
    }

    private void take(@Nullable MessageType type, Envelope envelope, Lines lines) {
        switch (type) {
            case null -> program.log(Logged.plain(lines));
            case STATE -> acknowledged.take(Json.readObject(envelope.payload()));
            case TRACE -> {
                if (Trace.of(Json.readObject(envelope.payload())) instanceof Trace.Failure found) {
                    program.log("error: " + found.message());
                    remember(found);
                }
            }
            case LOG -> program.log(Logged.message(Json.readObject(envelope.payload())));
            case CONTROL -> program.control(Json.readObject(envelope.payload()));
            case RECORD, SPEC, CONNECTION_STATUS, CATALOG, DESTINATION_CATALOG -> {}
        }
    }

    private synchronized void remember(Trace.Failure found) {
        failure = failure == null ? found : failure;
    }

    private synchronized Trace.@Nullable Failure failure() {
        return failure;
    }

    /**
     * Sends lines.
     *
     * @throws ProblemException if the destination does not take them, or has done something wrong before
     */
    void send(byte[] bytes, int length) {
        Problem before = wrong;
        if (before != null) {
            throw before.exception();
        }
        sendsSince = System.nanoTime();
        sends = true;
        try {
            input.write(bytes, 0, length);
        } catch (IOException broken) {
            throw ended(awaitEnd(BROKEN_SECONDS)).exception(broken);
        } finally {
            sends = false;
        }
    }

    /** Hands on what a buffer may hold back. */
    void flush() {
        try {
            input.flush();
        } catch (IOException broken) {
            throw ended(awaitEnd(BROKEN_SECONDS)).exception(broken);
        }
    }

    /**
     * Ends the stream well: everything is durable then, and the process has said so in all its words.
     *
     * @param last what it is told at the end
     * @param millis how long it may take
     * @param graceMillis how long it may take once the run shall end
     * @throws ProblemException if it has not
     */
    void finish(byte[] last, long millis, long graceMillis) {
        Integer code = close(last, millis, graceMillis);
        if (wrong != null || failure() != null || code == null || code != 0) {
            throw ended(code).exception();
        }
        if (!acknowledged.isComplete()) {
            throw Problem.of(
                            "E_DESTINATION_STATE",
                            ProblemKind.INTEGRITY,
                            "the destination ended and did not acknowledge " + acknowledged.openRows() + " rows")
                    .because("it said nothing of them, so nobody knows whether they are there")
                    .fix("look at its lines in the log of the run")
                    .exception();
        }
    }

    /** Ends the process before the stream is at its end; what it says by then counts. */
    void leaveOff(long millis) {
        close(new byte[0], millis, millis);
        Problem problem = wrong;
        if (problem != null) {
            program.log(problem.message());
        }
    }

    /** Tells it that nothing more comes, and waits for its end; the exit code, null if it was ended. */
    private @Nullable Integer close(byte[] last, long millis, long graceMillis) {
        Thread limit = Thread.ofVirtual().start(() -> endLater(millis, graceMillis));
        try {
            if (wrong == null) {
                input.write(last);
                input.close();
            }
        } catch (IOException broken) {
            program.log("the destination took nothing more: " + broken.getMessage());
        }
        try {
            return awaitEnd(Long.MAX_VALUE);
        } finally {
            limit.interrupt();
        }
    }

    /**
     * A process that does not read, or does not end, is ended, so that nobody waits for ever. Where the run shall end, what is nearly done is
     * finished.
     */
    private void endLater(long millis, long graceMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long grace = TimeUnit.MILLISECONDS.toNanos(graceMillis);
        boolean stopped = false;
        while (!Thread.currentThread().isInterrupted()) {
            if (!stopped && program.context().cancelled()) {
                stopped = true;
                end = Math.min(end, System.nanoTime() + grace);
            }
            if (System.nanoTime() > end) {
                giveUp(
                        stopped
                                ? Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the write was stopped")
                                : Problem.of("E_CONNECTOR", ProblemKind.TRANSIENT, "the destination failed")
                                        .because("it did not end within " + TimeUnit.MILLISECONDS.toSeconds(millis)
                                                + " s after it was told that nothing more comes"));
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }

    /** The exit code; null if it does not end in time. */
    private @Nullable Integer awaitEnd(long seconds) {
        try {
            Integer code = process.await(seconds);
            if (code != null) {
                // A process that it left behind may hold the pipe open.
                hears.join(STDOUT_MILLIS);
            }
            return code;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Why it ended, or does not end. */
    private Problem ended(@Nullable Integer code) {
        Problem known = wrong;
        if (known != null) {
            return known;
        }
        Trace.Failure said = failure();
        if (said != null) {
            return program.problem(said);
        }
        String why = code == null
                ? "it took nothing more and did not end"
                : "it ended with the exit code " + code
                        + (code == 0 ? " before it had taken all rows" : " and did not say why");
        return Problem.of("E_CONNECTOR", ProblemKind.TRANSIENT, "the destination failed")
                .because(why)
                .fix("look at its lines in the log of the run");
    }

    /** Ends the process at once. */
    @Override
    public void close() {
        watches.interrupt();
        process.close();
    }
}
