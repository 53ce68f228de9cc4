package dev.sluice.airbyte.serve;

import dev.sluice.airbyte.message.Envelope;
import dev.sluice.airbyte.message.MessageType;
import dev.sluice.airbyte.message.Trace;
import dev.sluice.airbyte.process.Lines;
import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Writes what an orchestrator sends, and gives each state back once all rows before it are durable (I3). For one thread.
 *
 * <p>States are gathered for a while, since each one that is given back costs a commit; when nothing more waits in the pipe they go at
 * once.
 */
final class Writes {
    private static final int LONGEST_LINE = 256 << 20;
    private static final long MANY_ROWS = 50_000;
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Destination destination;
    private final ServedContext context;
    private final Messages messages;
    private final Map<StreamId, StreamWrites> streams = new LinkedHashMap<>();
    private final Deque<ByteSink> states = new ArrayDeque<>();
    private final Envelope envelope = new Envelope();
    private long sinceCommit;
    private long lastCommit = System.nanoTime();

    Writes(Destination destination, ServedContext context) {
        this.destination = destination;
        this.context = context;
        this.messages = context.messages();
    }

    /** Writes until the pipe is closed; false if a stream has failed. */
    boolean run(List<Configured> configured, InputStream in) {
        try {
            for (Configured each : configured) {
                streams.put(each.id(), new StreamWrites(destination, each, context));
            }
            try (Lines lines = new Lines(in, LONGEST_LINE)) {
                while (lines.next()) {
                    take(lines);
                }
            }
            commit();
            boolean good = true;
            for (StreamWrites stream : streams.values()) {
                good &= finish(stream);
            }
            return good;
        } catch (IOException broken) {
            throw Problem.of("E_INPUT_BROKEN", ProblemKind.TRANSIENT, "the messages broke off")
                    .because(broken.getMessage())
                    .exception(broken);
        } finally {
            streams.values().forEach(StreamWrites::close);
        }
    }

    private boolean finish(StreamWrites stream) {
        try {
            stream.finish();
            return true;
        } catch (ProblemException failure) {
            messages.failure(failure.problem(), stream.id());
            return false;
        }
    }

    private void take(Lines lines) {
        if (lines.isCut()) {
            throw Problem.of("E_CONNECTOR_LINE", ProblemKind.DATA, "a message is too long")
                    .because("a message may have " + LONGEST_LINE + " bytes")
                    .exception();
        }
        if (lines.length() == 0) {
            return;
        }
        MessageType type = envelope.read(lines.bytes(), lines.from(), lines.to());
        switch (type) {
            case null -> unknown(lines);
            case RECORD -> {
                stream(envelope.stream()).record(lines.bytes(), envelope);
                sinceCommit++;
            }
            case STATE -> state(lines);
            case TRACE -> {
                if (Trace.of(Json.readObject(envelope.payload())) instanceof Trace.Status status) {
                    stream(status.stream()).status(status);
                }
            }
            case LOG, SPEC, CONNECTION_STATUS, CATALOG, CONTROL, DESTINATION_CATALOG -> {}
        }
    }

    /** I7: a record that cannot be understood must not be passed over; other messages may be of a newer version. */
    private void unknown(Lines lines) {
        String begin = new String(lines.bytes(), lines.from(), Math.min(lines.length(), 200), StandardCharsets.UTF_8);
        if (begin.contains("\"RECORD\"") || !begin.startsWith("{")) {
            throw Problem.of("E_MESSAGE", ProblemKind.DATA, "a message cannot be understood")
                    .because("it is no record with a stream and data")
                    .exception();
        }
        messages.log(Level.WARNING, "a message of an unknown kind was passed over");
    }

    private StreamWrites stream(StreamId id) {
        StreamWrites stream = streams.get(id);
        if (stream == null) {
            throw Problem.of("E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "the stream " + id + " is not in the catalog")
                    .exception();
        }
        return stream;
    }

    private void state(Lines lines) {
        Map<String, ?> message = Json.readObject(envelope.payload());
        StreamId only =
                message.get("stream") instanceof Map<?, ?> of ? Trace.stream(of.get("stream_descriptor")) : null;
        long rows = 0;
        if (only != null) {
            rows = stream(only).sinceState();
        } else {
            for (StreamWrites each : streams.values()) {
                rows += each.sinceState();
            }
        }
        requireSent(message, rows);
        states.add(
                Echo.of(lines.bytes(), envelope.payloadFrom(), envelope.payloadTo(), lines.from(), lines.to(), rows));
        try {
            if (sinceCommit >= MANY_ROWS || System.nanoTime() - lastCommit >= LONG_NANOS || lines.mayBlock()) {
                commit();
            }
        } catch (IOException gone) {
            // The next read says the same, and with it what to do.
            commit();
        }
    }

    /** I7: what the source says it sent must have arrived. */
    private static void requireSent(Map<String, ?> message, long rows) {
        if (message.get("sourceStats") instanceof Map<?, ?> stats
                && stats.get("recordCount") instanceof Number count
                && count.doubleValue() != rows) {
            throw Problem.of(
                            "E_SOURCE_COUNT",
                            ProblemKind.INTEGRITY,
                            "the source sent " + count.longValue() + " rows and " + rows + " arrived")
                    .exception();
        }
    }

    /** Makes everything durable and gives the states back, in their order. */
    private void commit() {
        for (StreamWrites stream : streams.values()) {
            stream.commit();
        }
        for (ByteSink state : states) {
            messages.lines(state);
        }
        states.clear();
        messages.flush();
        sinceCommit = 0;
        lastCommit = System.nanoTime();
    }
}
