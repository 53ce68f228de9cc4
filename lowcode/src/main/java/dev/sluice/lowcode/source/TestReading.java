package dev.sluice.lowcode.source;

import dev.sluice.lowcode.http.Places;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.schema.Columns;
import dev.sluice.lowcode.stream.Definitions;
import dev.sluice.lowcode.stream.OpenStream;
import dev.sluice.lowcode.stream.Schemas;
import dev.sluice.lowcode.stream.StreamBuilder;
import dev.sluice.lowcode.stream.StreamList;
import dev.sluice.lowcode.trial.Masking;
import dev.sluice.lowcode.trial.Recording;
import dev.sluice.lowcode.trial.Replay;
import dev.sluice.lowcode.trial.WireLog;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.workbench.TestProgress;
import dev.sluice.spi.workbench.TestRead;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.TestResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries out a stream of a manifest: the parts of a sync, put together in the same way, with somebody looking at the network, and
 * read by one thread page by page.
 */
final class TestReading implements TestRead {
    private static final int MOST_MADE = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final TestRequest request;
    private final ConnectorContext context;
    private final Function<String, Optional<String>> beside;
    private @Nullable Thread reading;
    private @Nullable Surroundings surroundings;
    private boolean cancelled;
    private boolean outOfTime;

    TestReading(TestRequest request, ConnectorContext context, Function<String, Optional<String>> beside) {
        this.request = request;
        this.context = context;
        this.beside = beside;
    }

    @Override
    public TestResult run(Consumer<TestProgress> listener) {
        CountDownLatch done = new CountDownLatch(1);
        enter();
        Thread.ofVirtual().name("time-of-test").start(() -> watch(done));
        TestOutcome outcome = new TestOutcome(request, context);
        try {
            attempt(outcome, listener);
        } finally {
            done.countDown();
            leave();
        }
        return outcome.result();
    }

    /** All of it; what goes wrong is noted. */
    private void attempt(TestOutcome outcome, Consumer<TestProgress> listener) {
        try {
            Manifest manifest = Manifest.read("manifest.yaml", request.definition());
            Masking masking = outcome.of(manifest);
            Optional<Recording> recording =
                    Optional.ofNullable(request.recording()).map(Recording::read);
            Instant at = recording
                    .map(known -> known.said().at())
                    .orElseGet(() -> context.clock().instant().truncatedTo(ChronoUnit.MILLIS));
            outcome.at(at);
            WireLog wire = new WireLog(
                    masking, recording.map(known -> new Replay(known, masking)).orElse(null), request.retries());
            TestWalk walk = new TestWalk(request, wire, listener);
            wire.heardBy(walk::tell);
            outcome.reading(walk, wire);
            // What is on record was waited for once.
            Surroundings.Waiting waiting = recording.isPresent() ? (time, own) -> {} : Surroundings.IN_REAL_TIME;
            try (ManifestSource source = new ManifestSource(
                    manifest,
                    request.config(),
                    outcome.host(recording.isPresent()),
                    waiting,
                    new Places(Optional.empty(), beside),
                    wire,
                    Optional.of(at))) {
                begun(source.surroundings());
                read(source, at, outcome, walk);
            }
        } catch (ProblemException failed) {
            failed(outcome, failed.problem());
        } catch (RuntimeException unforeseen) {
            failed(
                    outcome,
                    Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the test ended unexpectedly")
                            .because(unforeseen.toString()));
        }
    }

    private void failed(TestOutcome outcome, Problem problem) {
        lock.lock();
        try {
            if (outOfTime) {
                outcome.outOfTime();
            } else if (cancelled) {
                outcome.failed(Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the test was cancelled"));
            } else {
                outcome.failed(problem);
            }
        } finally {
            lock.unlock();
        }
    }

    private void read(ManifestSource source, Instant at, TestOutcome outcome, TestWalk walk) {
        Component stream = found(source, outcome);
        Component described = Definitions.described(stream);
        outcome.stream(stream, described);
        CatalogStream catalog = source.described(StreamId.of(ManifestSource.name(stream)), stream);
        Surroundings own = source.surroundings();
        StreamBuilder builder = new StreamBuilder(source.requesters(), at);
        Object schema = new Schemas(builder, own).of(described);
        outcome.declared(catalog, schema);
        boolean whole = Columns.isWhole(catalog.schema(), schema);
        StreamBuilder selecting = whole
                ? builder
                : builder.selecting(
                        catalog.schema().fields().stream().map(Field::name).collect(Collectors.toSet()));
        String state = request.start().state();
        Object before = state == null ? None.NONE : JsonValues.read(state);
        OpenStream open = selecting.open(stream, described.has("incremental_sync"), before);
        walk.aside();
        try {
            walk.read(open, outcome::isPage, () -> open.cursor().state());
        } finally {
            outcome.state(open.cursor().state());
        }
    }

    /** The stream that is named, or the first of those that are made by what is named. */
    private Component found(ManifestSource source, TestOutcome outcome) {
        StreamList list = source.streams();
        List<Component> templates = new ArrayList<>(outcome.root().all("dynamic_streams"));
        for (int i = 0; i < templates.size(); i++) {
            if (StreamList.group(templates.get(i), i).equals(request.stream())) {
                List<Component> made = list.made(templates.get(i), i);
                if (made.isEmpty()) {
                    throw templates.get(i).wrong("components_resolver", "makes no streams with this configuration");
                }
                outcome.made(
                        made.stream().limit(MOST_MADE).map(ManifestSource::name).toList());
                return made.getFirst();
            }
        }
        return source.stream(StreamId.of(request.stream()));
    }

    /** A configuration of a stream that is checked as it is. */
    static Object member(Object value, String path) {
        Object found = value;
        for (String step : path.split("/", -1)) {
            found = found instanceof List<?> list && step.matches("\\d{1,6}")
                    ? (Integer.parseInt(step) < list.size()
                            ? Values.asList(list).get(Integer.parseInt(step))
                            : None.NONE)
                    : Values.member(found, step);
        }
        return found;
    }

    private void enter() {
        lock.lock();
        try {
            reading = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void begun(Surroundings own) {
        lock.lock();
        try {
            surroundings = own;
            if (cancelled) {
                own.stop();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            reading = null;
        } finally {
            lock.unlock();
        }
        // The thread belongs to somebody else, who has not been interrupted.
        Thread.interrupted();
    }

    private void watch(CountDownLatch done) {
        try {
            if (!done.await(request.limits().time().toMillis(), TimeUnit.MILLISECONDS)) {
                stop(true);
            }
        } catch (InterruptedException nobodyWaits) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void cancel() {
        stop(false);
    }

    private void stop(boolean byTime) {
        lock.lock();
        try {
            cancelled = true;
            outOfTime |= byTime;
            if (surroundings != null) {
                surroundings.stop();
            }
            if (reading != null) {
                reading.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
