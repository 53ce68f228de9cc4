package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.MemoryStore;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading a stream once more, emptying its table, and what happens to old rows when its settings or fields change. */
@Timeout(60)
class RefreshTest {
    private static final StreamSettings APPEND = Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND, "id", "id");
    private static final StreamSettings DEDUP = Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND_DEDUPED, "id", "id");
    private static final StreamSettings OVERWRITE = Wishes.keyed("a", StreamMode.FULL_REFRESH_OVERWRITE, null);

    /** Commits after every batch, so that there are many steps to die at. */
    private static final RunOptions OPTIONS = new RunOptions(2, 1 << 20, 1 << 20, 1, Duration.ofDays(1));

    private final MemoryStore store = new MemoryStore();
    private final FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private ConnectionRules rules = Wishes.PLAIN;

    @ParameterizedTest
    @CsvSource({"MERGE, 1 2 3 4", "TRUNCATE, 2 3 4"})
    void readsADedupedStreamAgainAndKeepsOrDropsWhatIsGone(Refresh refresh, String rows) {
        run(DEDUP, source(1, 2));
        wish(refresh);
        run(DEDUP, source(2, 3), source -> source.split("a", Step.rows(4L)));

        assertThat(destination.rows("a")).isEqualTo(numbers(rows));
        StreamState state = state();
        assertThat(state.refresh()).isNull();
        assertThat(state.generation()).isEqualTo(1);
        run(DEDUP, source(2, 3), source -> source.split("a", Step.rows(4L)).split("a", Step.rows(5L)));
        assertThat(destination.rows("a")).as("goes on after it").isEqualTo(numbers(rows + " 5"));
    }

    @ParameterizedTest
    @CsvSource({"MERGE, 1 2 2 3", "TRUNCATE, 2 3"})
    void readsAnAppendedStreamAgain(Refresh refresh, String rows) {
        run(APPEND, source(1, 2));
        wish(refresh);
        run(APPEND, source(2, 3));

        assertThat(destination.rows("a")).isEqualTo(numbers(rows));
    }

    @Test
    void refreshesOnceWhenTheWishWasThereBeforeTheFirstRun() {
        store.save(StreamState.initial(StreamId.of("a"), "").refreshing(Refresh.TRUNCATE));
        run(DEDUP, source(1, 2));
        run(DEDUP, source(1, 2));

        assertThat(destination.rows("a")).containsExactly(1L, 2L);
        assertThat(state().refresh()).isNull();
    }

    @Test
    void keepsTheOldRowsWhileARefreshFailsAndFulfilsTheWishLater() {
        run(DEDUP, source(1, 2));
        wish(Refresh.TRUNCATE);
        FakeSource failing = new FakeSource(Hook.NONE).with(Wishes.stream("a")).split("a", Step.rows(2L), fail());

        assertThat(run(DEDUP, failing).status()).isEqualTo(RunStatus.FAILED);
        assertThat(destination.rows("a")).as("I5").containsExactly(1L, 2L);
        assertThat(state().refresh()).isEqualTo(Refresh.TRUNCATE);
        FakeSource repaired =
                new FakeSource(Hook.NONE).with(Wishes.stream("a")).split("a", Step.rows(2L), Step.rows(3L));
        run(DEDUP, repaired);
        assertThat(repaired.starts().getFirst()).as("goes on where it stopped").isInstanceOf(ReadStart.Resume.class);
        assertThat(destination.rows("a")).containsExactly(2L, 3L);
    }

    @Test
    void dropsAnInterruptedReadWhenARefreshIsWished() {
        FakeSource failing = new FakeSource(Hook.NONE).with(Wishes.stream("a")).split("a", Step.rows(1L), fail());
        run(APPEND, failing);
        wish(Refresh.MERGE);
        run(APPEND, source(1, 2));

        assertThat(destination.rows("a")).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @EnumSource(Refresh.class)
    void losesAndDoublesNothingWhereverARefreshDies(Refresh refresh) {
        int step = 1;
        while (diesAt(step, refresh)) {
            step++;
        }
        assertThat(step).isGreaterThan(10);
    }

    private static boolean diesAt(int step, Refresh refresh) {
        MemoryStore memory = new MemoryStore();
        FakeDestination tables = FakeDestination.empty(Hook.NONE);
        execute(DEDUP, Wishes.PLAIN, source(1, 2), tables, memory);
        memory.save(memory.streams().getFirst().refreshing(refresh));
        AtomicInteger left = new AtomicInteger(step);
        Hook death = now -> {
            if (left.decrementAndGet() <= 0) {
                throw Problem.of("E_DEAD", ProblemKind.INTERNAL, "dead at " + now)
                        .exception();
            }
        };
        try {
            execute(
                    DEDUP,
                    Wishes.PLAIN,
                    new FakeSource(death).with(Wishes.stream("a")).split("a", Step.rows(2L), Step.rows(3L)),
                    tables.reopened(death),
                    memory.with(death));
        } catch (ProblemException died) {
            assertThat(died.problem().code()).isEqualTo("E_DEAD");
        }
        boolean died = left.get() <= 0;
        execute(DEDUP, Wishes.PLAIN, source(2, 3), tables, memory.with(Hook.NONE));
        assertThat(tables.rows("a"))
                .as("died at step %d", step)
                .isEqualTo(refresh == Refresh.MERGE ? List.of(1L, 2L, 3L) : List.of(2L, 3L));
        return died;
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.connection.StreamMode#copying")
    void clearsATableAndCopiesEverythingAtTheNextRun(StreamMode mode) {
        StreamSettings settings = Wishes.keyed("a", mode, "id", "id");
        run(settings, source(1, 2));
        ClearRun clear = new ClearRun(Wishes.connection(settings), destination, store);
        List<ClearRun.Cleared> cleared = clear.execute(clear.plan());

        assertThat(cleared).hasSize(1).allMatch(each -> each.problem() == null);
        assertThat(destination.rows("a")).isEmpty();
        assertThat(state().position()).isNull();
        assertThat(store.hasOpenJob()).isFalse();
        run(settings, source(1, 2));
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
    }

    @Test
    void clearsNothingOfAConnectionThatNeverRan() {
        ClearRun clear = new ClearRun(Wishes.connection(APPEND), destination, store);

        assertThat(clear.plan().isEmpty()).isTrue();
        assertThat(clear.plan().problems()).isEmpty();
    }

    @Test
    void clearsATableWhoseStreamTheSourceNoLongerHas() {
        run(DEDUP, source(1, 2));
        ClearRun clear = new ClearRun(Wishes.connection(StreamSettings.of("*")), destination, store);

        assertThat(clear.execute(clear.plan())).hasSize(1);
        assertThat(destination.rows("a")).isEmpty();
    }

    @Test
    void losesNothingWhereverAClearDies() {
        int step = 1;
        boolean died = true;
        while (died) {
            MemoryStore memory = new MemoryStore();
            FakeDestination tables = FakeDestination.empty(Hook.NONE);
            execute(APPEND, Wishes.PLAIN, source(1, 2), tables, memory);
            AtomicInteger left = new AtomicInteger(step);
            Hook death = now -> {
                if (left.decrementAndGet() <= 0) {
                    throw Problem.of("E_DEAD", ProblemKind.INTERNAL, "dead at " + now)
                            .exception();
                }
            };
            try {
                ClearRun clear = new ClearRun(Wishes.connection(APPEND), tables.reopened(death), memory.with(death));
                clear.execute(clear.plan());
            } catch (ProblemException dead) {
                assertThat(dead.problem().code()).isEqualTo("E_DEAD");
            }
            died = left.get() <= 0;
            execute(APPEND, Wishes.PLAIN, source(1, 2), tables, memory.with(Hook.NONE));
            assertThat(tables.rows("a")).as("died at step %d", step).containsExactly(1L, 2L);
            step++;
        }
        assertThat(step).isGreaterThan(4);
    }

    @Test
    void asksWhatBecomesOfOldRowsThatDoNotFitToTheNewSettings() {
        run(APPEND, source(1, 2));
        RunResult refused = run(DEDUP, source(1, 2));

        Problem problem = Objects.requireNonNull(refused.streams().getFirst().problem());
        assertThat(problem.code()).isEqualTo("E_SETTINGS_CHANGED");
        assertThat(problem.why())
                .isEqualTo("it was incremental_append by id and is incremental_append_deduped by id per id");
        assertThat(problem.fix()).contains("sluice refresh --stream a").contains("--keep-history");
        wish(Refresh.TRUNCATE);
        assertThat(run(DEDUP, source(1, 2)).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void asksWhenTheKeyIsAnotherOne() {
        CatalogStream keyless = Wishes.stream(StreamId.of("a"), Cursor.NONE, null, Wishes.ID, text("name"));
        StreamSettings byId = Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND_DEDUPED, "id", "id");
        StreamSettings byBoth = Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND_DEDUPED, "id", "id", "name");
        run(byId, new FakeSource(Hook.NONE).with(keyless).split("a", Step.rows(1L)));

        RunResult refused = run(byBoth, new FakeSource(Hook.NONE).with(keyless).split("a", Step.rows(1L)));
        assertThat(refused.streams().getFirst().problem())
                .isNotNull()
                .extracting(Problem::code)
                .isEqualTo("E_SETTINGS_CHANGED");
    }

    @Test
    void asksNothingWhereEveryRunReplacesTheRowsAnyway() {
        run(OVERWRITE, source(1, 2));
        assertThat(run(DEDUP, source(2, 3)).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(destination.rows("a")).as("the copy of the old mode is gone").containsExactly(2L, 3L);
        assertThat(run(OVERWRITE, source(3, 4)).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(destination.rows("a")).containsExactly(3L, 4L);
    }

    @Test
    void fillsOlderRowsWhenFieldsAreNewAndOnlyOnce() {
        rules = rules.withBackfill(true);
        run(DEDUP, source(1, 2));
        FakeSource wider = wider(1, 2);
        RunResult filled = run(DEDUP, wider);

        assertThat(wider.starts()).hasOnlyElementsOfType(ReadStart.Beginning.class);
        assertThat(filled.streams().getFirst().rowsCommitted()).isEqualTo(2);
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
        assertThat(destination.table("a").columns()).containsKey("name");
        FakeSource again = wider(1, 2);
        run(DEDUP, again);
        assertThat(again.starts()).hasOnlyElementsOfType(ReadStart.After.class);
    }

    @Test
    void goesOnFillingOlderRowsAfterACrash() {
        rules = rules.withBackfill(true);
        run(DEDUP, source(1, 2));
        CatalogStream stream = widerStream();
        run(DEDUP, new FakeSource(Hook.NONE).with(stream).split("a", fail(), Step.rows(1L, 2L)));
        FakeSource repaired = wider(1, 2);

        assertThat(run(DEDUP, repaired).streams().getFirst().rowsCommitted()).isEqualTo(2);
        assertThat(state().refresh()).isNull();
    }

    @Test
    void addsAColumnAndGoesOnWithoutReadingAgain() {
        run(DEDUP, source(1, 2));
        FakeSource wider = wider(1, 2).split("a", Step.rows(3L));
        run(DEDUP, wider);

        assertThat(wider.starts()).hasOnlyElementsOfType(ReadStart.After.class);
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L);
        assertThat(store.knownStreams().getFirst().schema().names()).containsExactly("id", "name");
    }

    @Test
    void countsAStoppedStreamAsFailed() {
        run(DEDUP, source(1, 2));
        CatalogStream keyGone = Wishes.stream(StreamId.of("a"), Cursor.NONE, null, text("name"));
        FakeSource source = new FakeSource(Hook.NONE).with(keyGone);
        assertThat(run(DEDUP, source).status()).isEqualTo(RunStatus.FAILED);

        FakeSource two =
                new FakeSource(Hook.NONE).with(keyGone).with(Wishes.stream("b")).split("b", Step.rows(7L));
        RunResult partial = execute(List.of(DEDUP, StreamSettings.of("b")), rules, two, destination, store);
        assertThat(partial.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(partial.stopped()).extracting(each -> each.problem().code()).containsExactly("E_SCHEMA_BREAKING");
        assertThat(partial.changes()).hasSize(1);
        assertThat(destination.rows("b")).containsExactly(7L);
        assertThat(destination.rows("a")).as("left alone").containsExactly(1L, 2L);
    }

    @Test
    void runsOnlyTheStreamsOfAPartOfAPlan() {
        FakeSource source = source(1, 2).with(Wishes.stream("b")).split("b", Step.rows(7L));
        SyncRun run = syncRun(List.of(StreamSettings.of("*")), rules, source, destination, store);
        SyncPlan part = run.plan(false).only(id -> id.name().equals("b"));
        run.execute(part, new StopSignal());

        assertThat(destination.rows("a")).isEmpty();
        assertThat(destination.rows("b")).containsExactly(7L);
    }

    private interface Setup {
        void on(FakeSource source);
    }

    private RunResult run(StreamSettings settings, FakeSource source, Setup more) {
        more.on(source);
        return run(settings, source);
    }

    private RunResult run(StreamSettings settings, FakeSource source) {
        return execute(settings, rules, source, destination, store);
    }

    private static RunResult execute(
            StreamSettings settings,
            ConnectionRules rules,
            FakeSource source,
            FakeDestination destination,
            MemoryStore store) {
        return execute(List.of(settings), rules, source, destination, store);
    }

    private static RunResult execute(
            List<StreamSettings> settings,
            ConnectionRules rules,
            FakeSource source,
            FakeDestination destination,
            MemoryStore store) {
        SyncRun run = syncRun(settings, rules, source, destination, store);
        return run.execute(run.plan(false), new StopSignal());
    }

    private static SyncRun syncRun(
            List<StreamSettings> settings,
            ConnectionRules rules,
            FakeSource source,
            FakeDestination destination,
            MemoryStore store) {
        return new SyncRun(
                Wishes.connection(settings.toArray(StreamSettings[]::new)).with(rules),
                source,
                destination,
                store,
                OPTIONS,
                new RunListener() {});
    }

    private void wish(Refresh refresh) {
        store.save(state().refreshing(refresh));
    }

    private StreamState state() {
        return store.stream(StreamId.of("a")).orElseThrow();
    }

    /** A stream of two rows, each in a batch. */
    private static FakeSource source(long first, long second) {
        return new FakeSource(Hook.NONE).with(Wishes.stream("a")).split("a", Step.rows(first), Step.rows(second));
    }

    private static FakeSource wider(long first, long second) {
        return new FakeSource(Hook.NONE).with(widerStream()).split("a", Step.rows(first), Step.rows(second));
    }

    private static CatalogStream widerStream() {
        return Wishes.stream(StreamId.of("a"), new Cursor(FieldPath.of("id"), false), "id", Wishes.ID, text("name"));
    }

    private static Field text(String name) {
        return new Field(name, new DataType.TextType());
    }

    private static Step fail() {
        return new Step.Fail(Problem.of("E_FAKE", ProblemKind.TRANSIENT, "it failed"));
    }

    private static List<Long> numbers(String text) {
        return List.of(text.split(" ")).stream().map(Long::valueOf).toList();
    }
}
