package dev.sluice.airbyte.source;

import dev.sluice.airbyte.message.Envelope;
import dev.sluice.airbyte.message.MessageType;
import dev.sluice.airbyte.message.State;
import dev.sluice.airbyte.message.Trace;
import dev.sluice.airbyte.process.ConnectorProcess;
import dev.sluice.airbyte.process.Lines;
import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.airbyte.program.Logged;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One process that reads some streams: what it prints is divided among their feeds by a thread of its own. Thread-safe.
 *
 * <p>A stream has come to its end when the connector says so, or when the process ends well. If it ends otherwise, every stream that was
 * not at its end has failed (I7): what it delivered up to its last state stays, and the next attempt goes on there. What was said of the
 * last streams is believed only when the process has ended well, so that no record behind that word is lost without a failure.
 */
final class Reading implements AutoCloseable {
    private static final long EXIT_SECONDS = 60;

    private final ConnectorProcess process;
    private final ConnectorProgram program;
    private final int longestLine;
    private final long quietNanos;

    /** When a record or a state was heard last, or room was made for more. */
    private volatile long lastNews = System.nanoTime();

    /** All streams were said to be complete. */
    private volatile boolean isAllSaid;

    /** The process was ended by us: it had said all and did not end. */
    private volatile boolean isLeft;

    private final Map<StreamId, Feed> feeds = new HashMap<>();
    private final Map<StreamId, Arrived> arrived = new HashMap<>();
    /** The streams of which the connector said how far they are. */
    private final Set<StreamId> told = new HashSet<>();

    private final Envelope envelope = new Envelope();

    /** The one that the last record was of: most are of the same. */
    private @Nullable Arrived last;

    /** A record or a state was heard since {@link #lastNews}; for the thread that divides. */
    private boolean isNews;

    private Trace.@Nullable Failure first;
    private @Nullable Thread pump;

    /**
     * Where feeds keep what nobody takes yet.
     *
     * @param folder where they leave what is too much for memory
     * @param mostInMemory how much they may keep there together, in bytes
     */
    record Room(Path folder, long mostInMemory) {}

    /** A stream and how many of its rows came since its last state. */
    private static final class Arrived {
        private final StreamId stream;
        private final Feed feed;
        private long rows;
        private boolean isComplete;

        Arrived(StreamId stream, Feed feed) {
            this.stream = stream;
            this.feed = feed;
        }
    }

    /**
     * Begins to read.
     *
     * @param program the connector
     * @param process its run, which was told to read
     * @param streams what it was told
     * @param room where what nobody takes yet is kept
     * @param quietMillis how long it may tell neither a record nor a state while something of it is waited for
     */
    Reading(ConnectorProgram program, ConnectorProcess process, Set<StreamId> streams, Room room, long quietMillis) {
        this.quietNanos = TimeUnit.MILLISECONDS.toNanos(quietMillis);
        this.program = program;
        this.process = process;
        this.longestLine = program.settings().longestLine();
        for (StreamId stream : streams) {
            Path file = room.folder().resolve("feed-" + feeds.size());
            Feed feed = new Feed(file, room.mostInMemory() / streams.size(), this::requireNews);
            feeds.put(stream, feed);
            arrived.put(stream, new Arrived(stream, feed));
        }
    }

    /** Starts the thread that divides. */
    Reading start() {
        pump = Thread.ofPlatform().daemon().name("airbyte source").start(this::run);
        return this;
    }

    /** What comes of a stream. */
    Feed feed(StreamId stream) {
        Feed feed = feeds.get(stream);
        if (feed == null) {
            throw new IllegalArgumentException(stream + " is not read here");
        }
        return feed;
    }

    private void run() {
        try (Lines lines = new Lines(process.output(), longestLine)) {
            while (lines.next()) {
                take(lines);
                if (lines.mayBlock()) {
                    for (Feed feed : feeds.values()) {
                        feed.handOver();
                    }
                    if (isNews) {
                        isNews = false;
                        lastNews = System.nanoTime();
                    }
                }
            }
            finish(process.await(EXIT_SECONDS));
        } catch (IOException broken) {
            failAll(problem("the output of the connector broke off: " + broken.getMessage()));
        } catch (InterruptedException stopped) {
            failAll(Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the read was stopped"));
        } catch (ProblemException known) {
            failAll(known.problem());
        } catch (Throwable unexpected) {
            // Nobody may wait for a feed whose thread is gone.
            failAll(problem("an unexpected error: " + unexpected));
        } finally {
            process.close();
        }
    }

    private void take(Lines lines) throws InterruptedException {
        if (lines.isCut()) {
            throw Problem.of("E_CONNECTOR_LINE", ProblemKind.DATA, "the connector sent a message that is too long")
                    .because("a message may have " + longestLine + " bytes")
                    .fix("raise `max_message_mb`, or leave out the field that is so large")
                    .exception();
        }
        if (lines.length() == 0
                || (envelope.isLikelyRecord(lines.bytes(), lines.from(), lines.to()) && record(lines))) {
            return;
        }
        MessageType type = envelope.read(lines.bytes(), lines.from(), lines.to());
        switch (type) {
            case null -> program.log(Logged.plain(lines));
            case RECORD -> {
                if (!record(lines)) {
                    program.log(Logged.plain(lines));
                }
            }
            case STATE -> state(Json.readObject(envelope.payload()));
            case TRACE -> trace(Trace.of(Json.readObject(envelope.payload())));
            case LOG -> program.log(Logged.message(Json.readObject(envelope.payload())));
            case CONTROL -> program.control(Json.readObject(envelope.payload()));
            case SPEC, CONNECTION_STATUS, CATALOG, DESTINATION_CATALOG -> {}
        }
    }

    /** Takes a record; false if its data is not exactly one object. */
    private boolean record(Lines lines) throws InterruptedException {
        StreamId stream = envelope.stream();
        Arrived of = last;
        if (of == null || !of.stream.equals(stream)) {
            of = arrived.get(stream);
            if (of == null) {
                throw problem("it sent a record of the stream " + stream + ", which it was not asked for")
                        .exception();
            }
            last = of;
        }
        if (of.isComplete) {
            throw problem("it sent a record of the stream " + stream
                            + " after it had said that the stream was complete")
                    .exception();
        }
        boolean isRecord = of.feed.record(lines.bytes(), envelope.dataFrom(), envelope.dataTo(), envelope.meta());
        if (isRecord) {
            of.rows++;
            isNews = true;
        }
        return isRecord;
    }

    private void state(Map<String, ?> message) throws InterruptedException {
        isNews = true;
        switch (State.of(message)) {
            case null -> program.log("a state that cannot be understood was passed over");
            case State.OfStream(StreamId stream, var state, double count) -> {
                Feed feed = feeds.get(stream);
                if (feed == null) {
                    throw problem("it sent a state of the stream " + stream + ", which it was not asked for")
                            .exception();
                }
                Arrived of = Objects.requireNonNull(arrived.get(stream));
                requireCount(stream.toString(), count, of.rows);
                of.rows = 0;
                if (state != null && !feed.isOver()) {
                    feed.checkpoint(State.Kept.own(state));
                }
            }
            case State.Global(var shared, var streams, double count) -> {
                requireCountOfAll(count);
                for (Map.Entry<StreamId, Feed> feed : feeds.entrySet()) {
                    if (!feed.getValue().isOver()) {
                        feed.getValue().checkpoint(State.Kept.global(shared, streams.get(feed.getKey())));
                    }
                }
            }
            case State.Legacy(var data, double count) -> {
                requireCountOfAll(count);
                for (Feed feed : feeds.values()) {
                    if (!feed.isOver()) {
                        feed.checkpoint(State.Kept.legacy(data));
                    }
                }
            }
        }
    }

    private void requireCountOfAll(double count) {
        requireCount(
                "all streams",
                count,
                arrived.values().stream().mapToLong(each -> each.rows).sum());
        arrived.values().forEach(each -> each.rows = 0);
    }

    /** I7: what the source says it sent must have arrived. */
    private static void requireCount(String what, double count, long arrived) {
        if (count >= 0 && count != arrived) {
            throw Problem.of(
                            "E_SOURCE_COUNT",
                            ProblemKind.INTEGRITY,
                            "the source sent " + (long) count + " rows and " + arrived + " arrived")
                    .at(what)
                    .exception();
        }
    }

    private void trace(Trace trace) throws InterruptedException {
        switch (trace) {
            case Trace.Failure failure -> {
                program.log("error: " + failure.message());
                if (failure.stream() != null) {
                    fail(failure.stream(), failure);
                } else if (first == null) {
                    first = failure;
                }
            }
            case Trace.Status status -> {
                told.add(status.stream());
                if (status.isComplete()) {
                    complete(arrived.get(status.stream()));
                } else if (status.isIncomplete()) {
                    fail(status.stream(), first);
                }
            }
            case Trace.Estimated(StreamId stream, long expected, long bytes) -> {
                Feed feed = feeds.get(stream);
                if (feed != null && expected >= 0) {
                    feed.expect(expected);
                }
                program.log("it expects "
                        + (expected < 0 ? "" : expected + " rows ")
                        + (bytes < 0 ? "" : bytes + " bytes ")
                        + "of the stream " + stream);
            }
            case Trace.Other other -> {}
        }
    }

    private void complete(@Nullable Arrived of) throws InterruptedException {
        if (of == null || of.feed.isOver()) {
            return;
        }
        isNews = true;
        of.isComplete = true;
        of.feed.handOver();
        if (arrived.values().stream().allMatch(each -> each.isComplete || each.feed.isOver())) {
            isAllSaid = true;
        } else {
            of.feed.end();
        }
    }

    private void fail(StreamId stream, Trace.@Nullable Failure why) throws InterruptedException {
        Feed feed = feeds.get(stream);
        if (feed != null) {
            feed.handOver();
            feed.fail(why == null ? problem("it gave up the stream " + stream) : program.problem(why));
        }
    }

    private void finish(@Nullable Integer code) throws InterruptedException {
        for (Map.Entry<StreamId, Feed> each : feeds.entrySet()) {
            Feed feed = each.getValue();
            feed.handOver();
            if (feed.isOver()) {
                continue;
            }
            Problem problem = ending(Objects.requireNonNull(arrived.get(each.getKey())), code);
            if (problem == null) {
                feed.end();
            } else {
                feed.fail(problem);
            }
        }
    }

    /** Why a stream has failed at the end of the process; null if it has not. */
    private @Nullable Problem ending(Arrived of, @Nullable Integer code) {
        if (of.isComplete && (isLeft || Integer.valueOf(0).equals(code))) {
            return null;
        }
        Trace.Failure failure = first;
        if (failure != null) {
            return program.problem(failure);
        }
        if (code == null) {
            return problem("it closed its output and did not end within " + EXIT_SECONDS + " s");
        }
        if (code != 0) {
            return problem("it ended with the exit code " + code + " and did not say why");
        }
        return told.contains(of.stream)
                ? problem("it ended, and did not say that the stream " + of.stream + " was complete")
                : null;
    }

    private static Problem problem(String why) {
        return Problem.of("E_CONNECTOR", ProblemKind.TRANSIENT, "the connector failed")
                .because(why)
                .fix("look at its lines in the log of the run");
    }

    /** Ends a process that hangs: who waits for a stream asks from time to time. Only records and states count as signs of life. */
    private void requireNews() {
        long quiet = System.nanoTime() - lastNews;
        if (isAllSaid && !isLeft && quiet > Math.min(quietNanos, TimeUnit.SECONDS.toNanos(EXIT_SECONDS))) {
            program.log("the connector had said that all streams were complete and did not end; it was ended");
            isLeft = true;
            process.close();
        } else if (quiet > quietNanos && !isLeft) {
            failAll(problem(
                    "it sent neither a record nor a state for " + TimeUnit.NANOSECONDS.toSeconds(quietNanos) + " s"));
            process.close();
        }
    }

    private void failAll(Problem problem) {
        feeds.values().forEach(feed -> feed.fail(problem));
    }

    /** Ends the process and drops what nobody has taken. */
    @Override
    public void close() {
        feeds.values().forEach(Feed::close);
        process.close();
        Thread divides = pump;
        if (divides != null) {
            divides.interrupt();
        }
    }
}
