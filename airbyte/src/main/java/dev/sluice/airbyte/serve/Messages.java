package dev.sluice.airbyte.serve;

import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes messages, a line each. Thread-safe: a line is never torn by another one. */
final class Messages {
    private final OutputStream out;
    private final Clock clock;

    Messages(OutputStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Writes lines that are made already. */
    synchronized void lines(ByteSink made) {
        try {
            out.write(made.bytes(), 0, made.size());
        } catch (IOException gone) {
            throw gone(gone);
        }
    }

    /** Hands on what was written. */
    synchronized void flush() {
        try {
            out.flush();
        } catch (IOException gone) {
            throw gone(gone);
        }
    }

    private static ProblemException gone(IOException gone) {
        return Problem.of("E_OUTPUT_CLOSED", ProblemKind.CANCELLED, "nobody reads the output any more")
                .exception(gone);
    }

    /** Writes a message and hands it on. */
    void send(String type, String key, Object payload) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put(key, payload);
        byte[] line = (Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
        ByteSink made = new ByteSink(line.length);
        made.put(line);
        lines(made);
        flush();
    }

    /** A line of the log. */
    void log(Level level, String line) {
        String name = switch (level) {
            case ERROR -> "ERROR";
            case WARNING -> "WARN";
            case INFO -> "INFO";
            case DEBUG -> "DEBUG";
            case ALL, TRACE, OFF -> "TRACE";
        };
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("level", name);
        log.put("message", line);
        send("LOG", "log", log);
    }

    /** How a stream stands. */
    void status(StreamId stream, String status) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("stream_descriptor", descriptor(stream));
        payload.put("status", status);
        trace("STREAM_STATUS", "stream_status", payload);
    }

    /** How much there is of a stream, if anything is known of it. */
    void estimate(StreamId stream, Estimate estimate) {
        if (estimate.rows() == Estimate.UNKNOWN && estimate.bytes() == Estimate.UNKNOWN) {
            return;
        }
        Map<String, Object> payload = new LinkedHashMap<>(descriptor(stream));
        payload.put("type", "STREAM");
        if (estimate.rows() != Estimate.UNKNOWN) {
            payload.put("row_estimate", estimate.rows());
        }
        if (estimate.bytes() != Estimate.UNKNOWN) {
            payload.put("byte_estimate", estimate.bytes());
        }
        trace("ESTIMATE", "estimate", payload);
    }

    /**
     * What went wrong.
     *
     * @param stream the stream that it concerns; null if all
     */
    void failure(Problem problem, @Nullable StreamId stream) {
        Map<String, Object> error = new LinkedHashMap<>();
        String where = problem.where();
        error.put("message", problem.message() + (where == null ? "" : " (" + where + ")"));
        StringBuilder inside = new StringBuilder(problem.code());
        if (problem.why() != null) {
            inside.append(": ").append(problem.why());
        }
        if (problem.fix() != null) {
            inside.append("; ").append(problem.fix());
        }
        error.put("internal_message", inside.toString());
        error.put("failure_type", failureType(problem.kind()));
        if (stream != null) {
            error.put("stream_descriptor", descriptor(stream));
        }
        trace("ERROR", "error", error);
    }

    private static String failureType(ProblemKind kind) {
        return switch (kind) {
            case CONFIG, PERMISSION -> "config_error";
            case UNREACHABLE, RESOURCE, CONFLICT, TRANSIENT, CANCELLED -> "transient_error";
            case DATA, INTEGRITY, INTERNAL -> "system_error";
        };
    }

    /** That the connector has another configuration from now on, which the orchestrator has to keep. */
    void control(Config config) {
        Map<String, Object> control = new LinkedHashMap<>();
        control.put("type", "CONNECTOR_CONFIG");
        control.put("emitted_at", (double) clock.millis());
        control.put("connectorConfig", Map.of("config", config.values()));
        send("CONTROL", "control", control);
    }

    private void trace(String type, String key, Map<String, Object> payload) {
        Map<String, Object> trace = new LinkedHashMap<>();
        trace.put("type", type);
        trace.put("emitted_at", (double) clock.millis());
        trace.put(key, payload);
        send("TRACE", "trace", trace);
    }

    /** A stream by its name. */
    static Map<String, Object> descriptor(StreamId stream) {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("name", stream.name());
        String namespace = stream.namespace();
        if (namespace != null) {
            descriptor.put("namespace", namespace);
        }
        return descriptor;
    }

    /** Whatever was thrown as a problem. */
    static Problem problem(Throwable failure) {
        return failure instanceof ProblemException known
                ? known.problem()
                : Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "an unexpected error: " + failure);
    }
}
