package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RejectRules.Policy;
import dev.sluice.engine.connection.RejectRules.Strict;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.MemoryStore;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadStart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of records that cannot be moved as they are: by each policy, up to each limit, and strictly. */
@Timeout(60)
class RejectsTest {
    private static final RejectRules STOP = new RejectRules(Policy.STOP, RejectLimit.NONE, Strict.OFF);
    private static final RejectRules STRICT = new RejectRules(Policy.QUARANTINE, RejectLimit.NONE, Strict.REJECT);

    private final MemoryStore store = new MemoryStore();
    private final FakeSource source = new FakeSource(Hook.NONE).with(Wishes.stream("a"));
    private FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private RunOptions options = RunOptions.forMachine(512L << 20, 2);

    @Test
    void stopsAtTheFirstBadRecordAndShowsIt() {
        source.split("a", Step.rows(1L), new Step.Reject("line 2"), Step.rows(3L));

        Problem problem = problemOf(run(STOP));

        assertThat(problem.code()).isEqualTo("E_REJECTED");
        assertThat(problem.where()).isEqualTo("a: line 2");
        assertThat(destination.rows("a")).isEmpty();
        assertThat(store.rejects("pending")).containsExactly("a line 2");
        assertThat(store.rejects()).isEmpty();
    }

    @Test
    void stopsAlsoAtARecordThatTheDestinationRefuses() {
        destination.refuse(2L);
        source.split("a", Step.rows(1L, 2L, 3L));

        assertThat(problemOf(run(STOP)).code()).isEqualTo("E_REJECTED");
        assertThat(destination.rows("a")).isEmpty();
        assertThat(store.rejects("pending")).containsExactly("a row 2");
    }

    @Test
    void goesOnOnceThePolicyIsAnotherOneAndCountsTheRecordOnce() {
        source.split("a", Step.rows(1L)).split("a", new Step.Reject("line 2"), Step.rows(3L));
        run(STOP);
        StreamProgress progress = only(run(RejectRules.USUAL));

        assertThat(progress.status()).isEqualTo(StreamStatus.COMPLETE);
        assertThat(destination.rows("a")).containsExactly(1L, 3L);
        assertThat(store.rejects()).containsExactly("a line 2");
        assertThat(store.rejects("pending")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, , false", "1, , false", "2, , true", ", 39.9, false", ", 40, true", "2, 10, false", "1, 90, false"})
    void holdsAStreamAgainstItsLimit(Long most, Double percent, boolean passes) {
        source.split("a", Step.rows(1L), new Step.Reject("line 2"), Step.rows(3L, 4L), new Step.Reject("line 5"));

        RunResult result = run(new RejectRules(Policy.QUARANTINE, new RejectLimit(most, percent), Strict.OFF));

        assertThat(only(result).status().isGood()).isEqualTo(passes);
        if (!passes) {
            assertThat(problemOf(result).code()).isEqualTo("E_TOO_MANY_REJECTS");
        }
    }

    @Test
    void putsNothingInThePlaceOfWhatIsThereWhenAllIsRejected() {
        source.split("a", Step.rows(1L, 2L));
        execute(source, store, StreamMode.FULL_REFRESH_OVERWRITE, RejectRules.USUAL);
        FakeSource bad = new FakeSource(Hook.NONE).with(Wishes.stream("a"));
        bad.split("a", new Step.Reject("line 1"), new Step.Reject("line 2"));

        RunResult result = execute(bad, store, StreamMode.FULL_REFRESH_OVERWRITE, RejectRules.USUAL);

        assertThat(problemOf(result).code()).isEqualTo("E_ALL_REJECTED");
        assertThat(problemOf(result).message()).startsWith("all 2 records were rejected");
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
    }

    @Test
    void replacesByAnEmptySourceAndByTheRestOfABadOne() {
        source.split("a", Step.rows(1L, 2L));
        execute(source, store, StreamMode.FULL_REFRESH_OVERWRITE, RejectRules.USUAL);
        FakeSource half = new FakeSource(Hook.NONE).with(Wishes.stream("a"));
        half.split("a", new Step.Reject("line 1"), Step.rows(3L));
        execute(half, store, StreamMode.FULL_REFRESH_OVERWRITE, RejectRules.USUAL);
        assertThat(destination.rows("a")).containsExactly(3L);
        FakeSource empty = new FakeSource(Hook.NONE).with(Wishes.stream("a"));

        RunResult result = execute(empty, store, StreamMode.FULL_REFRESH_OVERWRITE, RejectRules.USUAL);

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(destination.rows("a")).isEmpty();
    }

    @Test
    void doesNotForgetWhatItCountedBeforeWhenItIsTriedAgain() {
        options = new RunOptions(1, 1 << 20, 1 << 20, 1, Duration.ofDays(1)); // commits after each batch
        source.split("a", new Step.Reject("line 1"), Step.rows(2L), new Step.Reject("line 3"), Step.rows(4L));
        RejectRules tenPercent = new RejectRules(Policy.QUARANTINE, new RejectLimit(null, 10.0), Strict.OFF);

        Problem first = problemOf(run(tenPercent));
        Problem second = problemOf(run(tenPercent));

        assertThat(first.message()).startsWith("2 of 4 records were rejected");
        assertThat(second.message()).isEqualTo(first.message());
        assertThat(store.rejects()).containsExactly("a line 1", "a line 3");
    }

    @Test
    void countsWhyRecordsWereRejected() {
        destination.refuse(3L);
        source.split("a", new Step.Reject("line 1"), Step.rows(2L, 3L), new Step.Reject("line 4"));

        assertThat(only(run(RejectRules.USUAL)).rejectReasons())
                .containsExactly(
                        Map.entry(new StreamProgress.Reason("FAKE", null), 2L),
                        Map.entry(new StreamProgress.Reason("REFUSED", null), 1L));
    }

    /** Of what is left out, the counts of a source know nothing. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void tellsTheSourceWhetherAllThatWasReadArrived(boolean rejects, boolean complete) {
        source.split("a", rejects ? new Step.Reject("line 1") : Step.rows(1L), Step.rows(2L))
                .split("a", new Step.Fail(Problem.of("E_FAKE", ProblemKind.DATA, "it failed")));
        options = new RunOptions(1, 1 << 20, 1 << 20, 1, Duration.ofDays(1));
        run(RejectRules.USUAL);
        run(RejectRules.USUAL);

        assertThat(source.starts().getLast())
                .isInstanceOfSatisfying(
                        ReadStart.Resume.class,
                        resume -> assertThat(resume.complete()).isEqualTo(complete));
    }

    @Test
    void forgetsTheReasonsAndChangesOfAReadThatIsDoneAnew() {
        destination.alter(true, 2L);
        source.split("a", new Step.Reject("line 1"), Step.rows(2L))
                .split("a", new Step.Fail(Problem.of("E_FAKE", ProblemKind.DATA, "it failed")));
        options = new RunOptions(1, 1 << 20, 1 << 20, 1, Duration.ofDays(1));
        run(RejectRules.USUAL);
        FakeSource again = new FakeSource(Hook.NONE).with(Wishes.stream("a"));
        again.split("a", new Step.Reject("line 1"), Step.rows(2L)).split("a", Step.rows(3L));
        again.refuseToResume("the snapshot is gone");

        StreamProgress progress = only(run(again, RejectRules.USUAL));

        assertThat(progress.changes()).containsExactly(Map.entry("id nulled", 1L));
        assertThat(progress.rejectReasons()).containsExactly(Map.entry(new StreamProgress.Reason("FAKE", null), 1L));
        assertThat(store.rejects()).containsExactly("a line 1");
    }

    @Test
    void letsValuesThatDoNotFitBecomeNullUnlessItIsStrict() {
        destination.alter(true, 2L);
        source.split("a", Step.rows(1L, 2L, 3L));

        StreamProgress progress = only(run(RejectRules.USUAL));

        assertThat(progress.changes()).containsExactly(Map.entry("id nulled", 1L));
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void rejectsTheRecordsOfSuchValuesWhenItIsStrict() {
        destination.alter(true, 2L, 5L);
        source.split("a", Step.rows(1L, 2L, 3L), Step.rows(4L, 5L));

        RunResult result = run(STRICT);

        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED_WITH_REJECTS);
        assertThat(destination.rows("a")).containsExactly(1L, 3L, 4L);
        assertThat(store.rejects()).containsExactly("a id=2", "a id=5");
        assertThat(only(result).changes()).isEmpty();
        assertThat(only(result).rejectReasons())
                .containsExactly(Map.entry(new StreamProgress.Reason("VALUE_NULLED", "id"), 2L));
        RejectedRecord kept = store.replays().getFirst().record();
        assertThat(kept.form()).isEqualTo(RejectedRecord.Form.ROW);
        assertThat(new String(kept.original(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":2}");
    }

    @Test
    void failsBeforeTheCommitWhenItIsStrictAboutEachValue() {
        destination.alter(true, 2L);
        source.split("a", Step.rows(1L, 2L, 3L));

        Problem problem = problemOf(run(new RejectRules(Policy.QUARANTINE, RejectLimit.NONE, Strict.FAIL)));

        assertThat(problem.code()).isEqualTo("E_STRICT");
        assertThat(problem.where()).isEqualTo("id=2");
        assertThat(destination.rows("a")).isEmpty();
        assertThat(store.rejects("pending")).containsExactly("a id=2");
    }

    @Test
    void failsBeforeTheCommitWhenTheDestinationAltersAValueThatItDidNotForesee() {
        destination.alter(false, 2L);
        source.split("a", Step.rows(1L, 2L, 3L));

        assertThat(problemOf(run(STRICT)).code()).isEqualTo("E_STRICT");
        assertThat(destination.rows("a")).isEmpty();
    }

    @Test
    void accountsForEveryRowWhateverIsBadInIt() {
        Random random = new Random(4711);
        for (int round = 0; round < 150; round++) {
            MemoryStore own = new MemoryStore();
            FakeSource rows = new FakeSource(Hook.NONE).with(Wishes.stream("a"));
            FakeDestination table = FakeDestination.empty(Hook.NONE);
            Bad bad = Bad.of(random, rows);
            table.refuse(bad.refused.toArray(Long[]::new));
            table.alter(true, bad.altered.toArray(Long[]::new));
            destination = table;

            RunResult result = execute(rows, own, STRICT);

            StreamProgress progress = only(result);
            assertThat(progress.isBalanced()).isTrue();
            assertThat(progress.rowsRead()).isEqualTo(progress.rowsCommitted() + progress.rowsRejected());
            assertThat(own.rejects()).isEqualTo(bad.places());
            assertThat(table.rows("a")).isEqualTo(bad.good);
        }
    }

    /** Rows of a source, of which some are bad in each way. */
    private record Bad(List<Long> good, List<Long> refused, List<Long> altered, List<String> unreadable) {
        static Bad of(Random random, FakeSource source) {
            Bad bad = new Bad(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            long[] next = {0};
            for (int split = random.nextInt(1, 4); split > 0; split--) {
                List<Step> steps = new ArrayList<>();
                for (int step = random.nextInt(6); step > 0; step--) {
                    steps.add(bad.step(random, next));
                }
                source.split("a", steps.toArray(Step[]::new));
            }
            return bad;
        }

        private Step step(Random random, long[] next) {
            if (random.nextInt(4) == 0) {
                String place = "line " + next[0]++;
                unreadable.add(place);
                return new Step.Reject(place);
            }
            List<Long> values = LongStream.range(0, random.nextInt(1, 5))
                    .map(i -> next[0]++)
                    .boxed()
                    .toList();
            values.forEach(value -> {
                switch (random.nextInt(6)) {
                    case 0 -> refused.add(value);
                    case 1 -> altered.add(value);
                    default -> good.add(value);
                }
            });
            return Step.rows(values.toArray(Long[]::new));
        }

        List<String> places() {
            List<String> places = new ArrayList<>();
            unreadable.forEach(place -> places.add("a " + place));
            refused.forEach(value -> places.add("a row " + value));
            altered.forEach(value -> places.add("a id=" + value));
            places.sort(null);
            return places;
        }
    }

    private RunResult run(RejectRules rules) {
        return run(source, rules);
    }

    private RunResult run(FakeSource from, RejectRules rules) {
        return execute(from, store, rules);
    }

    private RunResult execute(FakeSource from, MemoryStore into, RejectRules rules) {
        return execute(from, into, StreamMode.INCREMENTAL_APPEND, rules);
    }

    private RunResult execute(FakeSource from, MemoryStore into, StreamMode mode, RejectRules rules) {
        StreamSettings settings = Wishes.rejecting(mode, rules);
        SyncRun run = new SyncRun(Wishes.connection(settings), from, destination, into, options, new RunListener() {});
        return run.execute(run.plan(false), new StopSignal());
    }

    private static StreamProgress only(RunResult result) {
        return result.streams().getFirst();
    }

    private static Problem problemOf(RunResult result) {
        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        return Objects.requireNonNull(only(result).problem());
    }
}
