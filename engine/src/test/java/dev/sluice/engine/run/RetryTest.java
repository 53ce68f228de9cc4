package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.connection.RunLimits;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.ManualTime;
import dev.sluice.engine.fake.MemoryStore;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Attempts at a stream: which failures are followed by another one, when, how often, and what is counted. */
@Timeout(30)
class RetryTest {
    private static final StreamSettings APPEND = Wishes.in(StreamMode.INCREMENTAL_APPEND, "*");
    private static final StreamId A = StreamId.of("a");

    /** Commits after every batch. */
    private static final RunOptions OPTIONS = new RunOptions(1, 1 << 20, 1 << 20, 1, Duration.ofDays(1));

    private final MemoryStore store = new MemoryStore();
    private final FakeSource source = new FakeSource(Hook.NONE).with(Wishes.stream("a"));
    private final StopSignal stop = new StopSignal();
    private final ManualTime time = new ManualTime();
    private FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private ConnectionRules rules = ConnectionRules.USUAL;

    @Test
    void waitsLongerAfterEachFailureWithoutProgressAndThenSucceeds() {
        source.split("a", failing(4, ProblemKind.UNREACHABLE), Step.rows(1L, 2L));

        RunResult result = run(APPEND);

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(time.pauses())
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(270));
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
        assertThat(only(result).failures()).isEqualTo(4);
        assertThat(Objects.requireNonNull(only(result).lastFailure()).code()).isEqualTo("E_FAKE");
        assertThat(only(result).rowsRead()).isEqualTo(2);
    }

    @Test
    void givesUpAfterFiveFailuresWithoutProgress() {
        source.split("a", failing(5, ProblemKind.TRANSIENT), Step.rows(1L));

        RunResult result = run(APPEND);

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(time.pauses()).hasSize(4);
        assertThat(problem(result).why()).isEqualTo("it was tried 5 times");
        assertThat(store.hasOpenJob()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProblemKind.class,
            names = {"TRANSIENT", "UNREACHABLE", "CANCELLED"},
            mode = EnumSource.Mode.EXCLUDE)
    void triesNothingAgainThatSomebodyHasToChange(ProblemKind kind) {
        source.split("a", failing(1, kind), Step.rows(1L));

        assertThat(run(APPEND).status()).isEqualTo(RunStatus.FAILED);
        assertThat(time.pauses()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.connection.StreamMode#copying")
    void goesOnAtOnceAfterProgressAndCountsEachRowOnce(StreamMode mode) {
        destination.refuse(3L);
        source.split(
                "a",
                new Step.Reject("line 0"),
                Step.rows(1L, 2L),
                Step.rows(3L),
                failing(1, ProblemKind.TRANSIENT),
                Step.rows(4L),
                failing(1, ProblemKind.TRANSIENT),
                new Step.Reject("line 9"),
                Step.rows(5L));

        RunResult result = run(Wishes.keyed("a", mode, "id", "id"));

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED_WITH_REJECTS);
        assertThat(time.pauses()).isEmpty();
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 4L, 5L);
        StreamProgress progress = only(result);
        assertThat(progress.failures()).isEqualTo(2);
        assertThat(progress.rowsRead()).isEqualTo(7);
        assertThat(progress.rowsCommitted()).isEqualTo(4);
        assertThat(progress.rowsRejected()).isEqualTo(3);
        assertThat(progress.rowsBefore()).isZero();
        assertThat(progress.isBalanced()).isTrue();
        assertThat(store.rejects()).hasSize(3);
    }

    @Test
    void countsOnlyTheLastAttemptWhenTheSourceCannotGoOn() {
        source.refuseToResume("the snapshot is gone");
        source.split("a", Step.rows(1L, 2L), failing(1, ProblemKind.TRANSIENT), Step.rows(3L));

        StreamProgress progress = only(run(Wishes.in(StreamMode.FULL_REFRESH_OVERWRITE, "a")));

        assertThat(progress.status()).isEqualTo(StreamStatus.COMPLETE);
        assertThat(progress.rowsRead()).isEqualTo(3);
        assertThat(progress.rowsCommitted()).isEqualTo(3);
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void progressLetsTheNextPauseBeShortAgain() {
        source.split(
                "a",
                failing(2, ProblemKind.TRANSIENT),
                Step.rows(1L),
                failing(2, ProblemKind.TRANSIENT),
                Step.rows(2L));

        assertThat(run(APPEND).status()).isEqualTo(RunStatus.SUCCEEDED);
        // The third failure follows a commit: at once. The fourth comes without another one.
        assertThat(time.pauses())
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    @Test
    void givesUpAfterTwentyFailuresWithProgress() {
        List<Step> steps = new ArrayList<>();
        for (long row = 1; row <= 30; row++) {
            steps.add(Step.rows(row));
            steps.add(failing(1, ProblemKind.TRANSIENT));
        }
        source.split("a", steps.toArray(Step[]::new));

        RunResult result = run(APPEND);

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(problem(result).why()).isEqualTo("it was tried 20 times");
        assertThat(destination.rows("a"))
                .isEqualTo(Stream.iterate(1L, row -> row + 1).limit(20).toList());
    }

    @Test
    void goesOnCountingTheFailuresOfAJobWhoseProcessDied() {
        store.saveFailures(store.beginJob(), A, new FailureCount(4, 4, 0, 0));
        source.split("a", failing(1, ProblemKind.TRANSIENT), Step.rows(1L));

        assertThat(run(APPEND).status()).isEqualTo(RunStatus.FAILED);
        assertThat(time.pauses()).isEmpty();
        assertThat(run(APPEND).status()).as("the next job").isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void triesNothingAgainWhereTheUserWantsNoRetries() {
        rules = rules.with(RunLimits.USUAL.with(RetryLimits.of(0)));
        source.split("a", Step.rows(1L), failing(1, ProblemKind.TRANSIENT), Step.rows(2L));

        assertThat(run(APPEND).status()).isEqualTo(RunStatus.FAILED);
        assertThat(destination.rows("a")).containsExactly(1L);
    }

    @Test
    void losesAndDoublesNothingWhenTheAnswerToACommitIsLost() {
        AtomicInteger commits = new AtomicInteger();
        destination = FakeDestination.empty(step -> {
            if (step.equals("target.committed a") && commits.incrementAndGet() == 2) {
                throw fake(ProblemKind.TRANSIENT).exception();
            }
        });
        source.split("a", Step.rows(1L), Step.rows(2L), Step.rows(3L));

        RunResult result = run(APPEND);

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L);
        // The engine never heard that row 2 was committed; the destination told it afterwards.
        assertThat(only(result).rowsCommitted() + only(result).rowsBefore()).isEqualTo(3);
    }

    @Test
    void waitsForTheShadowOfItsOwnBrokenConnectionAndForNobodyElse() {
        AtomicInteger opened = new AtomicInteger();
        destination = FakeDestination.empty(step -> {
            if (step.equals("destination.open a") && opened.incrementAndGet() == 2) {
                throw Problem.of("E_TARGET_BUSY", ProblemKind.CONFLICT, "busy").exception();
            }
        });
        source.split("a", failing(1, ProblemKind.TRANSIENT), Step.rows(1L));
        assertThat(run(APPEND).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(time.pauses()).hasSize(2);

        opened.set(1);
        assertThat(run(Wishes.in(StreamMode.FULL_REFRESH_OVERWRITE, "a")).status())
                .as("busy at the first attempt")
                .isEqualTo(RunStatus.FAILED);
    }

    @Test
    void letsOtherStreamsHaveItsLaneWhileItWaits() {
        CountDownLatch otherIsDone = new CountDownLatch(1);
        source.split("a", failing(1, ProblemKind.TRANSIENT), Step.rows(1L));
        source.with(Wishes.stream("b")).split("b", Step.rows(2L), new Step.Do(otherIsDone::countDown));
        time.duringPause(() -> {
            try {
                otherIsDone.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(run(APPEND).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void endsTheWaitWhenTheUserStopsTheRun() {
        source.split("a", failing(1, ProblemKind.TRANSIENT), Step.rows(1L));
        time.duringPause(stop::request);

        assertThat(run(APPEND).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(destination.rows("a")).isEmpty();
    }

    @Test
    void tellsTheListenerWhyAndWhen() {
        List<String> heard = new ArrayList<>();
        source.split("a", failing(1, ProblemKind.TRANSIENT), Step.rows(1L));
        RunListener listener = new RunListener() {
            @Override
            public void retrying(StreamProgress stream, Problem why, Duration pause) {
                heard.add(stream.status() + " " + why.code() + " " + pause);
            }
        };
        SyncRun run = new SyncRun(connection(APPEND), source, destination, store, OPTIONS, listener, time);
        run.execute(run.plan(false), stop);

        assertThat(heard).containsExactly("WAITING E_FAKE PT10S");
    }

    @Test
    void aSilentSourceCountsAsDead() {
        rules = Wishes.PLAIN;
        source.split("a", Step.rows(1L), new Step.Do(() -> time.advance(Duration.ofHours(4))), Step.rows(2L));

        RunResult result = run(APPEND);

        assertThat(problem(result).code()).isEqualTo("E_SOURCE_SILENT");
        assertThat(problem(result).message()).isEqualTo("the source has sent nothing for 3 h");
        assertThat(problem(result).kind().retry()).isEqualTo(ProblemKind.Retry.BACKOFF);
        assertThat(destination.rows("a")).as("what was committed stays").containsExactly(1L);
    }

    @Test
    void aSourceThatSendsNowAndThenIsAlive() {
        Step pause = new Step.Do(() -> time.advance(Duration.ofHours(2)));
        source.split("a", Step.rows(1L), pause, Step.rows(2L), pause, Step.rows(3L), pause);

        assertThat(run(APPEND).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(time.nanos()).isGreaterThanOrEqualTo(Duration.ofHours(6).toNanos());
    }

    @Test
    void aBlockedDestinationCountsAsDead() {
        rules = Wishes.PLAIN;
        destination = FakeDestination.empty(step -> {
            if (step.equals("target.commit a")) {
                time.advance(Duration.ofHours(25));
                throw fake(ProblemKind.CANCELLED).exception();
            }
        });
        source.split("a", Step.rows(1L));

        assertThat(problem(run(APPEND)).code()).isEqualTo("E_DESTINATION_BLOCKED");
    }

    @Test
    void endsARunThatTakesTooLongInGoodOrderAndGoesOnLater() {
        rules = rules.with(RunLimits.USUAL.withTotal(Duration.ofHours(1)));
        source.split(
                "a", Step.rows(1L), new Step.Do(() -> time.advance(Duration.ofHours(2))), Step.rows(2L), Step.rows(3L));

        RunResult result = run(APPEND);

        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(problem(result).code()).isEqualTo("E_TIMEOUT");
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
        rules = ConnectionRules.USUAL;
        SyncRun next = new SyncRun(connection(APPEND), source, destination, store, OPTIONS, new RunListener() {}, time);
        assertThat(next.execute(next.plan(false), new StopSignal()).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L);
    }

    private RunResult run(StreamSettings settings) {
        SyncRun run =
                new SyncRun(connection(settings), source, destination, store, OPTIONS, new RunListener() {}, time);
        return run.execute(run.plan(false), stop);
    }

    private Connection connection(StreamSettings settings) {
        return Wishes.connection(settings).with(rules);
    }

    private static StreamProgress only(RunResult result) {
        return result.streams().getFirst();
    }

    private static Problem problem(RunResult result) {
        return Objects.requireNonNull(only(result).problem());
    }

    /** Fails the first times that it is reached. */
    private static Step failing(int times, ProblemKind kind) {
        AtomicInteger left = new AtomicInteger(times);
        return new Step.Do(() -> {
            if (left.getAndDecrement() > 0) {
                throw fake(kind).exception();
            }
        });
    }

    private static Problem fake(ProblemKind kind) {
        return Problem.of("E_FAKE", kind, "it failed");
    }
}
