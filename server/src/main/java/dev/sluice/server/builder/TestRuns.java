package dev.sluice.server.builder;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.workbench.FoundStream;
import dev.sluice.spi.workbench.TestLimits;
import dev.sluice.spi.workbench.TestProgress;
import dev.sluice.spi.workbench.TestRead;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.TestResult;
import dev.sluice.spi.workbench.TestStart;
import dev.sluice.spi.workbench.Workbench;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs tests beside requests: a few at a time, each with a beat, so that every server knows how it stands and can end it. */
public final class TestRuns implements AutoCloseable {
    private static final Logger LOG = System.getLogger(TestRuns.class.getName());
    private static final int MOST_AT_ONCE = 4;
    private static final long BEAT_MILLIS = 500;

    private final Store store;
    private final BuilderProjects projects;
    private final BuilderTests tests;
    private final Workbench workbench;
    private final Function<String, @Nullable String> variables;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Set<TestRead> running = ConcurrentHashMap.newKeySet();

    /**
     * What runs tests.
     *
     * @param variables what variables in testing values stand for; null where one is not known
     */
    public TestRuns(
            Store store,
            BuilderProjects projects,
            BuilderTests tests,
            Workbench workbench,
            Function<String, @Nullable String> variables,
            Clock clock) {
        this.store = store;
        this.projects = projects;
        this.tests = tests;
        this.workbench = workbench;
        this.variables = variables;
        this.clock = clock;
    }

    /**
     * What somebody wants to try out.
     *
     * @param manifest the text
     * @param stream the stream
     * @param limits where it ends
     * @param start where it begins
     * @param retries true if failed requests are repeated
     * @param recording what is answered with instead of asking anybody; null to ask
     */
    public record Wish(
            String manifest,
            String stream,
            TestLimits limits,
            TestStart start,
            boolean retries,
            @Nullable String recording) {}

    /** Begins a test, which goes on when this returns. */
    public BuilderTest begin(BuilderProject project, Wish wish) {
        if (!places.tryAcquire()) {
            throw BuilderTests.full("the server runs " + MOST_AT_ONCE + " tests already");
        }
        boolean begun = false;
        try {
            String print = projects.check(wish.manifest()).streams().stream()
                    .filter(stream -> stream.name().equals(wish.stream()))
                    .map(FoundStream::print)
                    .findFirst()
                    .orElse("");
            Config config = store.read(transaction -> projects.values(transaction, project, variables));
            BuilderTest test = store.compute(transaction -> tests.begin(transaction, project, wish.stream(), print));
            Thread.ofVirtual().name("test-" + test.id()).start(() -> run(project, test, wish, config));
            begun = true;
            return test;
        } finally {
            if (!begun) {
                places.release();
            }
        }
    }

    private void run(BuilderProject project, BuilderTest test, Wish wish, Config config) {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<TestProgress> progress = new AtomicReference<>(TestProgress.NOTHING);
        try {
            Host host = new Host(project, config);
            TestRead read = workbench.open(
                    new TestRequest(
                            wish.manifest(),
                            wish.stream(),
                            config,
                            wish.limits(),
                            wish.start(),
                            wish.retries(),
                            wish.recording()),
                    host);
            running.add(read);
            Thread.ofVirtual().name("beat-" + test.id()).start(() -> beat(test, read, progress, done));
            try {
                end(test, read.run(progress::set), progress.get(), host);
            } finally {
                running.remove(read);
            }
        } catch (RuntimeException unforeseen) {
            LOG.log(Level.ERROR, "a test could not be run", unforeseen);
        } finally {
            done.countDown();
            places.release();
        }
    }

    private void end(BuilderTest test, TestResult result, TestProgress progress, Host host) {
        boolean cancelled =
                result.end().problem() != null && result.end().problem().kind() == ProblemKind.CANCELLED;
        BuilderTest.Status status = result.end().problem() == null
                ? BuilderTest.Status.SUCCEEDED
                : cancelled ? BuilderTest.Status.CANCELLED : BuilderTest.Status.FAILED;
        BuilderTests.Ended ended = new BuilderTests.Ended(
                status,
                progress,
                new Json(JsonText.write(ResultJson.outcome(result))),
                JsonText.write(ResultJson.of(result, host.update.get())),
                result.recording());
        store.change(transaction -> tests.end(transaction, test, ended));
    }

    private void beat(BuilderTest test, TestRead read, AtomicReference<TestProgress> progress, CountDownLatch done) {
        try {
            while (!done.await(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
                TestProgress now = progress.get();
                boolean wanted = store.compute(transaction -> tests.beat(transaction, test.id(), now));
                if (!wanted) {
                    read.cancel();
                }
            }
        } catch (InterruptedException nobodyWaits) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            // Without beats it counts as gone, so it must not go on.
            LOG.log(Level.WARNING, "the beat of a test has stopped", broken);
            read.cancel();
        }
    }

    /** The server as a connector sees it. What it changes in its configuration is kept in the testing values. */
    private final class Host implements ConnectorContext {
        private final BuilderProject project;
        private final AtomicReference<Config> told;
        private final AtomicReference<@Nullable Object> update = new AtomicReference<>();

        Host(BuilderProject project, Config config) {
            this.project = project;
            this.told = new AtomicReference<>(config);
        }

        @Override
        public void log(Level level, String message) {
            LOG.log(Level.DEBUG, message);
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void configChanged(Config config) {
            Map<String, @Nullable Object> kept = store.compute(transaction -> {
                BuilderProject now = projects.find(transaction, project.id()).orElse(project);
                projects.renewed(transaction, now, told.get(), config);
                return BuilderProjects.shownValues(
                        projects.find(transaction, project.id()).orElse(now));
            });
            told.set(config);
            update.set(kept);
        }
    }

    /** Ends all of them soon. */
    @Override
    public void close() {
        running.forEach(TestRead::cancel);
    }
}
