package dev.sluice.airbyte.program;

import dev.sluice.airbyte.message.Envelope;
import dev.sluice.airbyte.message.MessageType;
import dev.sluice.airbyte.message.Trace;
import dev.sluice.airbyte.process.ConnectorProcess;
import dev.sluice.airbyte.process.Lines;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks a connector for one answer: its spec, whether a configuration works, or its catalog. */
final class Asking {
    private static final long EXIT_SECONDS = 10;

    private final int longestLine;
    private final long limitSeconds;
    private final ConnectorProgram program;

    /**
     * Prepares to ask.
     *
     * @param longestLine the longest message that is taken, in bytes
     * @param limitSeconds how long an answer may take
     * @param program the connector, which hears what it says besides
     */
    Asking(int longestLine, long limitSeconds, ConnectorProgram program) {
        this.longestLine = longestLine;
        this.limitSeconds = limitSeconds;
        this.program = program;
    }

    /**
     * The first answer of a kind; whatever comes after it does not count.
     *
     * @throws dev.sluice.spi.problem.ProblemException with what the connector says instead
     */
    Map<String, ?> ask(ConnectorProcess process, MessageType wanted) {
        Thread limit = Thread.ofVirtual().start(() -> endLater(process));
        Trace.Failure failure = null;
        Envelope envelope = new Envelope();
        try (process;
                Lines lines = new Lines(process.output(), longestLine)) {
            while (lines.next()) {
                MessageType type = lines.isCut() ? null : envelope.read(lines.bytes(), lines.from(), lines.to());
                if (type == wanted) {
                    return Json.readObject(envelope.payload());
                }
                if (type == MessageType.TRACE
                        && Trace.of(Json.readObject(envelope.payload())) instanceof Trace.Failure found) {
                    failure = failure == null ? found : failure;
                } else if (type == MessageType.CONTROL) {
                    program.control(Json.readObject(envelope.payload()));
                } else if (type == MessageType.LOG) {
                    program.log(Logged.message(Json.readObject(envelope.payload())));
                } else if (type == null && lines.length() > 0) {
                    program.log(Logged.plain(lines));
                }
            }
            throw none(wanted, failure, process.await(EXIT_SECONDS)).exception();
        } catch (IOException broken) {
            throw none(wanted, failure, null).exception(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the question to the connector was given up")
                    .exception(stopped);
        } finally {
            limit.interrupt();
        }
    }

    private void endLater(ConnectorProcess process) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (!Thread.currentThread().isInterrupted()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                program.log("the connector has not answered for " + limitSeconds + " s and is ended");
                process.close();
                return;
            }
            LockSupport.parkNanos(left);
        }
    }

    private Problem none(MessageType wanted, Trace.@Nullable Failure failure, @Nullable Integer code) {
        if (failure != null) {
            return program.problem(failure);
        }
        return Problem.of("E_CONNECTOR", ProblemKind.TRANSIENT, "the connector gave no answer")
                .because("it ended " + (code == null ? "" : "with the exit code " + code + " ") + "without a message "
                        + wanted)
                .fix("look at its lines in the log");
    }
}
