package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.MemoryStore;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs in memory: what is moved, what is saved, and what happens when a part fails, lies or is slow. */
@Timeout(30)
class SyncRunTest {
    private static final StreamSettings APPEND = Wishes.in(StreamMode.INCREMENTAL_APPEND, "*");
    private static final StreamSettings OVERWRITE = Wishes.in(StreamMode.FULL_REFRESH_OVERWRITE, "*");

    private final MemoryStore store = new MemoryStore();
    private final FakeSource source = new FakeSource(Hook.NONE).with(Wishes.stream("a"));
    private final StopSignal stop = new StopSignal();
    private FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private RunOptions options = RunOptions.forMachine(512L << 20, 2);

    @Test
    void movesAllRowsAndTellsTheSourceLast() {
        source.split("a", Step.rows(1L, 2L), Step.rows(3L)).split("a", Step.rows(4L));

        StreamProgress progress = only(run(APPEND));

        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L, 4L);
        assertThat(progress.rowsRead()).isEqualTo(4);
        assertThat(progress.rowsCommitted()).isEqualTo(4);
        assertThat(progress.rowsExpected()).isEqualTo(20);
        assertThat(progress.isBalanced()).isTrue();
        assertThat(source.acknowledged()).containsExactly("a@2");
        assertThat(store.lastOutcome()).isEqualTo("succeeded");
        assertThat(store.streams().getFirst().position()).isEqualTo(new Position(FakeSource.IDENTITY, "2"));
    }

    @Test
    void tellsHowManyRowsASourceExpectsWhileItReads() {
        source.split("a", Step.rows(1L), new Step.Expect(7), Step.rows(2L));
        assertThat(only(run(APPEND)).rowsExpected()).isEqualTo(7);
    }

    @Test
    void readsOnlyWhatIsNewAtTheNextRun() {
        source.split("a", Step.rows(1L));
        run(APPEND);
        source.split("a", Step.rows(2L));
        StreamProgress second = only(run(APPEND));

        assertThat(second.rowsRead()).isEqualTo(1);
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
    }

    @Test
    void tellsTheSourceWhereStreamsStandBeforeItReads() {
        source.split("a", Step.rows(1L));
        run(APPEND);
        assertThat(source.standing()).isEmpty();
        source.split("a", new Step.Fail(problem()));
        run(APPEND);

        assertThat(source.standing()).isEqualTo(Map.of(StreamId.of("a"), "1")); // I1
    }

    @Test
    void replacesTheRowsOfAnEarlierRun() {
        source.split("a", Step.rows(1L));
        run(OVERWRITE);
        run(OVERWRITE);

        assertThat(destination.rows("a")).containsExactly(1L);
        assertThat(store.streams().getFirst().generation()).isEqualTo(2);
    }

    @Test
    void keepsStreamsApartWhenOneFails() {
        source.split("a", Step.rows(1L), new Step.Fail(problem()));
        source.with(Wishes.stream("b")).split("b", Step.rows(2L));

        RunResult result = run(OVERWRITE);

        assertThat(result.status()).isEqualTo(RunStatus.PARTIAL);
        StreamProgress failed = result.streams().getFirst();
        assertThat(failed.status()).isEqualTo(StreamStatus.FAILED);
        assertThat(Objects.requireNonNull(failed.problem()).code()).isEqualTo("E_FAKE");
        assertThat(failed.problem().where()).isEqualTo("a");
        assertThat(failed.failure()).isInstanceOf(ProblemException.class);
        assertThat(destination.rows("a")).isEmpty();
        assertThat(destination.rows("b")).containsExactly(2L);
    }

    @Test
    void neverEmptiesATableWhenTheSourceDiesInTheMiddle() {
        source.split("a", Step.rows(1L, 2L, 3L));
        run(OVERWRITE);
        source.split("a", new Step.Fail(problem()));

        assertThat(run(OVERWRITE).status()).isEqualTo(RunStatus.FAILED);
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void failsWithoutCommitWhenTheDestinationMiscounts() {
        destination.miscount(1);
        source.split("a", Step.rows(1L));

        assertThat(problemOf(run(APPEND)).code()).isEqualTo("E_IMBALANCE");
        assertThat(destination.rows("a")).isEmpty();
    }

    @Test
    void failsWhenTheSourceSentMoreThanArrived() {
        source.claimMore(1);
        source.split("a", Step.rows(1L));

        Problem problem = problemOf(run(APPEND));
        assertThat(problem.code()).isEqualTo("E_SOURCE_COUNT");
        assertThat(problem.message()).contains("sent 2 rows and 1 arrived");
        assertThat(source.acknowledged()).isEmpty();
    }

    @Test
    void keepsRejectedRecordsOfBothSidesAndBalances() {
        destination.refuse(3L);
        source.split("a", Step.rows(1L), new Step.Reject("line 2"), Step.rows(3L, 4L), new Step.Reject("line 5"));

        RunResult result = run(APPEND);

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED_WITH_REJECTS);
        assertThat(only(result).rowsRead()).isEqualTo(5);
        assertThat(only(result).rowsRejected()).isEqualTo(3);
        assertThat(only(result).rowsCommitted()).isEqualTo(2);
        assertThat(store.rejects()).containsExactly("a line 2", "a line 5", "a row 3");
    }

    @Test
    void handsOnManyRejectedRecordsInPortions() {
        Step[] steps = new Step[5001];
        for (int i = 0; i < 5000; i++) {
            steps[i] = new Step.Reject("line " + i);
        }
        steps[5000] = Step.rows(1L);
        source.split("a", steps);

        assertThat(only(run(APPEND)).rowsRejected()).isEqualTo(5000);
        assertThat(store.rejects()).hasSize(5000);
        assertThat(store.largestPortion()).isLessThanOrEqualTo(1000);
    }

    @Test
    void endsWhenTheWriterFailsThoughTheReaderHangs() {
        source.split("a", Step.rows(1L), new Step.Await(new CountDownLatch(1)));
        destination = FakeDestination.empty(failingAt("target.write a"));

        assertThat(problemOf(run(APPEND)).code()).isEqualTo("E_FAKE");
    }

    @Test
    void givesBackTheMemoryOfBatchesThatWereNeverWritten() {
        // One batch fills the whole budget: if the failing stream kept any of it, the other one would wait for ever.
        options = new RunOptions(1, 1, 1 << 20, 1 << 20, options.checkpointInterval());
        Step[] many = new Step[20];
        Arrays.fill(many, Step.rows(1L));
        source.split("a", many).with(Wishes.stream("b")).split("b", Step.rows(2L));
        destination = FakeDestination.empty(failingAt("target.write a"));

        assertThat(run(OVERWRITE).status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(destination.rows("b")).containsExactly(2L);
    }

    @Test
    void movesValuesThatAreLargerThanTheBudget() {
        options = new RunOptions(2, 1 << 20, 8 << 20, 1 << 30, options.checkpointInterval());
        source.split("a", new Step.Large(1, 5 << 20), Step.rows(2L), new Step.Large(3, 6 << 20))
                .split("a", new Step.Large(4, 7 << 20), new Step.Large(5, 2 << 20));

        run(APPEND);
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void savesWhatIsReadWhenItIsStoppedAndGoesOnLater() {
        source.split("a", Step.rows(1L), new Step.Do(stop::request), Step.rows(2L), Step.rows(3L));

        RunResult stopped = run(APPEND);
        assertThat(stopped.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
        assertThat(store.hasOpenJob()).isFalse();
        long readBefore = only(stopped).rowsRead();

        StreamProgress second = only(run(APPEND, new StopSignal()));
        assertThat(second.status()).isEqualTo(StreamStatus.COMPLETE);
        assertThat(second.rowsBefore()).isEqualTo(readBefore);
        assertThat(second.rowsRead()).isEqualTo(1);
        assertThat(second.notes()).anyMatch(note -> note.contains("goes on after 2 rows"));
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void breaksOffABlockedReadWhenItIsAborted() {
        source.split("a", Step.rows(1L), new Step.Do(stop::abort), new Step.Await(new CountDownLatch(1)));

        RunResult result = run(APPEND);
        assertThat(result.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(only(result).status()).isEqualTo(StreamStatus.CANCELLED);
    }

    @Test
    void beginsNoJobForAPlanThatCannotBeCarriedOut() {
        SyncRun run = syncRun(Wishes.in(StreamMode.FULL_REFRESH_APPEND, "nothing_like_it"));
        SyncPlan plan = run.plan(false);

        assertThatThrownBy(() -> run.execute(plan, stop)).isInstanceOf(ProblemException.class);
        assertThat(store.hasOpenJob()).isFalse();
    }

    @Test
    void readsWithSeveralLanesAtOnce() {
        CountDownLatch bothRead = new CountDownLatch(2);
        Step meet = new Step.Do(() -> meet(bothRead));
        source.split("a", meet, Step.rows(1L)).split("a", meet, Step.rows(2L));

        run(APPEND);
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
    }

    @Test
    void givesTheLanesOfAFinishedStreamToOneThatIsUnderWay() {
        CountDownLatch firstStreamDone = new CountDownLatch(1);
        CountDownLatch bothRead = new CountDownLatch(2);
        // b begins with one lane while a holds the other; its last two splits meet only if it gets a second lane later.
        source.split("a", new Step.Await(firstStreamDone), Step.rows(1L)).with(Wishes.stream("b"));
        source.split("b", new Step.Do(firstStreamDone::countDown), Step.rows(2L), new Step.Do(() -> meet(bothRead)))
                .split("b", new Step.Do(() -> meet(bothRead)), Step.rows(3L));

        run(APPEND);
        assertThat(destination.rows("b")).containsExactly(2L, 3L);
    }

    @Test
    void refusesATargetOfAnotherConnectionUnlessItIsTakenOver() {
        source.split("a", Step.rows(1L));
        destination.table("a").forge(new Ledger("somebody", 0, 7, true, null, Map.of()));

        Problem problem = problemOf(run(APPEND));
        assertThat(problem.code()).isEqualTo("E_TARGET_OWNED");
        assertThat(problem.kind()).isEqualTo(ProblemKind.CONFLICT);

        SyncRun takingOver = syncRun(APPEND);
        assertThat(takingOver.execute(takingOver.plan(true), stop).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(destination.rows("a")).containsExactly(1L);
    }

    @Test
    void startsOverWhenTheModeChangesThoughAnInterruptedReadIsThere() {
        source.split("a", Step.rows(1L)).split("a", new Step.Fail(problem()));
        run(APPEND);
        StreamProgress progress = only(run(Wishes.in(StreamMode.INCREMENTAL_APPEND_DEDUPED, "*")));

        assertThat(progress.notes()).anyMatch(note -> note.contains("was changed"));
        assertThat(source.starts().getLast()).isInstanceOf(ReadStart.Beginning.class);
    }

    @Test
    void copiesARewoundStreamFromTheBeginningWhateverTheDestinationRemembers() {
        source.split("a", Step.rows(1L)).split("a", Step.rows(2L));
        run(Wishes.in(StreamMode.INCREMENTAL_APPEND_DEDUPED, "*"));
        store.save(store.streams().getFirst().edited(null));
        destination.drop("a");

        StreamProgress progress = only(run(Wishes.in(StreamMode.INCREMENTAL_APPEND_DEDUPED, "*")));
        assertThat(progress.rowsRead()).isEqualTo(2);
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
        assertThat(store.streams().getFirst().generation()).isEqualTo(1);
    }

    @Test
    void readsFromAPositionThatWasSetAndDropsTheInterruptedRead() {
        source.split("a", Step.rows(1L)).split("a", Step.rows(2L)).split("a", new Step.Fail(problem()));
        run(APPEND);
        store.save(store.streams().getFirst().edited(new Position(FakeSource.IDENTITY, "2")));
        FakeSource repaired = new FakeSource(Hook.NONE).with(Wishes.stream("a"));
        repaired.split("a", Step.rows(1L)).split("a", Step.rows(2L)).split("a", Step.rows(3L));

        SyncRun run =
                new SyncRun(Wishes.connection(APPEND), repaired, destination, store, options, new RunListener() {});
        run.execute(run.plan(false), stop);
        assertThat(destination.rows("a")).containsExactly(3L);
    }

    @Test
    void doesAnInterruptedReadAnewWhenTheSourceCannotGoOn() {
        source.split("a", Step.rows(1L)).split("a", new Step.Do(stop::abort), Step.rows(2L));
        run(APPEND);
        source.refuseToResume("the snapshot is gone");

        StreamProgress progress = only(run(APPEND, new StopSignal()));
        assertThat(progress.status()).isEqualTo(StreamStatus.COMPLETE);
        assertThat(progress.notes()).anyMatch(note -> note.contains("the snapshot is gone"));
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
    }

    @Test
    void doesAnInterruptedReadAnewWhenTheFieldsHaveChanged() {
        source.split("a", Step.rows(1L), new Step.Do(stop::request), Step.rows(2L));
        run(APPEND);
        FakeSource wider = new FakeSource(Hook.NONE)
                .with(Wishes.stream(
                        StreamId.of("a"),
                        new Cursor(FieldPath.of("id"), false),
                        "id",
                        Wishes.ID,
                        new Field("name", new DataType.TextType())));
        wider.split("a", Step.rows(1L, 2L));
        SyncRun run = new SyncRun(Wishes.connection(APPEND), wider, destination, store, options, new RunListener() {});
        RunResult result = run.execute(run.plan(false), new StopSignal());

        assertThat(only(result).notes()).anyMatch(note -> note.contains("fields"));
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
    }

    @Test
    void turnsAnUnexpectedErrorIntoAProblemAndKeepsItsTrace() {
        IllegalStateException defect = new IllegalStateException("boom");
        source.split("a", new Step.Do(() -> {
            throw defect;
        }));

        StreamProgress progress = only(run(APPEND));
        assertThat(Objects.requireNonNull(progress.problem()).code()).isEqualTo("E_INTERNAL");
        assertThat(progress.failure()).hasRootCause(defect);
    }

    private RunResult run(StreamSettings settings) {
        return run(settings, stop);
    }

    private RunResult run(StreamSettings settings, StopSignal signal) {
        SyncRun run = syncRun(settings);
        return run.execute(run.plan(false), signal);
    }

    private SyncRun syncRun(StreamSettings settings) {
        return new SyncRun(Wishes.connection(settings), source, destination, store, options, new RunListener() {});
    }

    private static StreamProgress only(RunResult result) {
        return result.streams().getFirst();
    }

    private static Problem problemOf(RunResult result) {
        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        return Objects.requireNonNull(only(result).problem());
    }

    private static Hook failingAt(String step) {
        return now -> {
            if (now.equals(step)) {
                throw problem().exception();
            }
        };
    }

    private static Problem problem() {
        return Problem.of("E_FAKE", ProblemKind.TRANSIENT, "it failed");
    }

    private static void meet(CountDownLatch all) {
        all.countDown();
        try {
            all.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
