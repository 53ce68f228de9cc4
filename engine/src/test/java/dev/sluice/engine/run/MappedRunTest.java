package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RejectRules.Policy;
import dev.sluice.engine.connection.RejectRules.Strict;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.ManualTime;
import dev.sluice.engine.fake.MemoryStore;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.map.HashMethod;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs with mappers: what arrives, what counts as what, and what happens when a run is broken off or mappers change. */
@Timeout(30)
class MappedRunTest {
    private static final Field NAME = new Field("name", new DataType.TextType());
    private static final StreamSettings APPEND = Wishes.in(StreamMode.INCREMENTAL_APPEND, "*");
    private static final StreamSettings DEDUPED = Wishes.in(StreamMode.INCREMENTAL_APPEND_DEDUPED, "*");

    /** Commits after every batch. */
    private static final RunOptions OPTIONS = new RunOptions(1, 1 << 20, 1 << 20, 1, Duration.ofDays(1));

    private final MemoryStore store = new MemoryStore();
    private final FakeSource source = new FakeSource(Hook.NONE)
            .with(Wishes.stream(StreamId.of("a"), new Cursor(FieldPath.of("id"), false), "id", Wishes.ID, NAME));
    private final ManualTime time = new ManualTime();
    private FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private ConnectionRules rules = Wishes.PLAIN;

    @Test
    void countsFilteredRowsAndBalances() {
        source.split("a", Step.rows(1L, 2L, 3L), Step.rows(4L)).split("a", Step.rows(5L, 60L));

        StreamProgress progress = run(Wishes.mapping(APPEND, filter("id > 2 and id < 50")));

        assertThat(destination.rows("a")).containsExactly(3L, 4L, 5L);
        assertThat(progress.rowsRead()).isEqualTo(6);
        assertThat(progress.rowsFiltered()).isEqualTo(3);
        assertThat(progress.rowsCommitted()).isEqualTo(3);
        assertThat(progress.isBalanced()).isTrue();
    }

    /** Of what is filtered, the counts of a source know nothing. */
    @Test
    void tellsTheSourceThatNotAllThatWasReadArrived() {
        source.split("a", Step.rows(1L)).split("a", new Step.Fail(problem(ProblemKind.DATA)));
        StreamSettings settings = Wishes.mapping(APPEND, filter("id < 2"));
        run(settings);
        run(settings);

        assertThat(source.starts().getLast())
                .isInstanceOfSatisfying(
                        ReadStart.Resume.class,
                        resume -> assertThat(resume.complete()).isFalse());
    }

    @Test
    void remembersHowFarItCameWhenNoRowPasses() {
        source.split("a", Step.rows(1L), Step.rows(2L), new Step.Fail(problem(ProblemKind.DATA)));
        StreamSettings settings = Wishes.mapping(APPEND, filter("id > 2"));

        assertThat(run(settings).status()).isEqualTo(StreamStatus.FAILED);
        UnfinishedRead unfinished =
                Objects.requireNonNull(store.streams().getFirst().unfinished());
        assertThat(Objects.requireNonNull(unfinished.progress().get("s0")).position())
                .isEqualTo("2");
    }

    @Test
    void goesOnAfterPartsOfWhichNothingIsLeft() {
        rules = ConnectionRules.USUAL;
        source.split("a", Step.rows(1L, 9L), Step.rows(2L), failing(1), Step.rows(3L, 8L));

        StreamProgress progress = run(Wishes.mapping(APPEND, filter("id > 5")));

        assertThat(progress.failures()).isEqualTo(1);
        assertThat(destination.rows("a")).containsExactly(8L, 9L);
        assertThat(progress.rowsRead()).isEqualTo(5);
        assertThat(progress.rowsFiltered()).isEqualTo(3);
        assertThat(progress.isBalanced()).isTrue();
    }

    @Test
    void deletesRowsThatLeftTheFilter() {
        rules = ConnectionRules.USUAL;
        source.split("a", Step.rows(1L, 2L, 3L));
        run(DEDUPED);
        source.split("a", Step.rows(2L, 7L), failing(1), Step.rows(3L));

        StreamProgress progress = run(Wishes.mapping(DEDUPED, filter("id > 5")));

        assertThat(destination.rows("a")).containsExactly(1L, 7L);
        assertThat(progress.rowsRead()).isEqualTo(3);
        assertThat(progress.rowsFiltered()).isEqualTo(2);
        assertThat(progress.rowsCommitted()).isEqualTo(1);
        assertThat(progress.isBalanced()).isTrue();
    }

    @Test
    void sendsNoDeletesToATableThatBeginsEmpty() {
        source.split("a", Step.rows(1L, 7L));

        SyncPlan plan = plan(Wishes.mapping(DEDUPED, filter("id > 5")));

        assertThat(plan.streams().getFirst().mapping().removes()).isFalse();
        run(DEDUPED);
        assertThat(plan(Wishes.mapping(DEDUPED, filter("id > 5")))
                        .streams()
                        .getFirst()
                        .mapping()
                        .removes())
                .isTrue();
    }

    @Test
    void countsARemovalThatIsRejectedOnce() {
        source.split("a", Step.rows(1L, 2L));
        run(DEDUPED);
        destination.alter(true, 2L);
        source.split("a", Step.rows(1L, 2L, 7L));
        RejectRules strict = new RejectRules(Policy.QUARANTINE, RejectLimit.NONE, Strict.REJECT);

        StreamProgress progress = run(Wishes.mapping(DEDUPED.with(new RowRules(false, strict)), filter("id > 5")));

        assertThat(progress.rowsRejected()).isEqualTo(1);
        assertThat(progress.rowsFiltered()).isEqualTo(1);
        assertThat(progress.rowsCommitted()).isEqualTo(1);
        assertThat(progress.isBalanced()).isTrue();
        assertThat(destination.rows("a")).containsExactly(2L, 7L);
    }

    @Test
    void keepsRejectedRowsWithoutWhatIsHidden() {
        source.split("a", Step.rows(1L, 2L, 3L));

        StreamProgress progress =
                run(Wishes.mapping(APPEND, new MapperSpec.Compute("x", "1 % (id - 2)", false), hash("name")));

        assertThat(progress.rowsRejected()).isEqualTo(1);
        assertThat(progress.isBalanced()).isTrue();
        assertThat(store.rejects()).containsExactly("a id=2");
        assertThat(new String(store.replays().getFirst().record().original(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":2}");
        assertThat(store.replays().getFirst().record().isCut()).isTrue();
        assertThat(progress.rejectReasons().keySet())
                .extracting(StreamProgress.Reason::words)
                .containsExactly("CANNOT_COMPUTE in x");
    }

    @Test
    void keepsARowThatIsRefusedBehindTheMappersAsItCameAndAsItWasMapped() {
        source.split("a", Step.rows(1L, 2L, 3L, 4L));
        destination.alter(true, 3L);
        RejectRules strict = new RejectRules(Policy.QUARANTINE, RejectLimit.NONE, Strict.REJECT);
        StreamSettings settings = APPEND.with(new RowRules(false, strict));

        run(Wishes.mapping(settings, filter("id > 1"), new MapperSpec.Compute("twice", "id * 2", false)));

        RejectedRecord kept = store.replays().getFirst().record();
        assertThat(text(kept.original())).isEqualTo("{\"id\":3,\"name\":\"\"}");
        assertThat(text(Objects.requireNonNull(kept.mapped()))).isEqualTo("{\"id\":3,\"name\":\"\",\"twice\":6}");
        assertThat(kept.origin()).isEqualTo(RowMapper.UNMAPPED);
    }

    @Test
    void keepsOnlyWhatWasMadeOfARowWhereSomethingIsHidden() {
        source.split("a", Step.rows(3L));
        destination.alter(true, 3L);
        RejectRules strict = new RejectRules(Policy.QUARANTINE, RejectLimit.NONE, Strict.REJECT);

        run(Wishes.mapping(APPEND.with(new RowRules(false, strict)), hash("name")));

        RejectedRecord kept = store.replays().getFirst().record();
        assertThat(kept.mapped()).isNull();
        assertThat(kept.origin()).isEmpty();
        assertThat(text(kept.original())).contains("\"id\":3").contains("name_hashed");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void keepsNoBytesOfTheSourceWhereValuesAreHashed() {
        source.split("a", Step.rows(1L), new Step.Reject("line 2"));

        run(Wishes.mapping(APPEND, hash("name")));

        assertThat(store.replays().getFirst().record().original()).isEmpty();
        assertThat(store.replays().getFirst().record().isCut()).isTrue();
    }

    @Test
    void failsAtTheFirstRejectedRowIfItShallStop() {
        source.split("a", Step.rows(1L, 2L));
        RejectRules stop = new RejectRules(Policy.STOP, RejectLimit.NONE, Strict.OFF);

        StreamProgress progress = run(Wishes.mapping(
                APPEND.with(new RowRules(false, stop)), new MapperSpec.Compute("x", "1 / (id - 2)", false)));

        Problem problem = Objects.requireNonNull(progress.problem());
        assertThat(problem.code()).isEqualTo("E_REJECTED");
        assertThat(problem.message()).contains("division by zero");
    }

    @Test
    void writesByTheNewNamesOfKeyAndCursor() {
        source.split("a", Step.rows(1L));
        StreamSettings settings = Wishes.mapping(DEDUPED, new MapperSpec.Rename("id", "number"));

        SyncPlan plan = plan(settings);
        run(settings);

        var stream = plan.streams().getFirst();
        assertThat(stream.target().schema().names()).containsExactly("number", "name");
        assertThat(stream.target().mode().primaryKey()).containsExactly(FieldPath.of("number"));
        assertThat(stream.target().mode().cursor()).isEqualTo(FieldPath.of("number"));
        assertThat(stream.read().cursor()).isEqualTo(FieldPath.of("id"));
        assertThat(stream.key()).containsExactly(FieldPath.of("number"));
        assertThat(destination.rows("a")).containsExactly(1L);
    }

    @Test
    void goesOnWithOtherMappersFromThePositionAndSaysSo() {
        source.split("a", Step.rows(1L));
        StreamSettings hashed = Wishes.mapping(APPEND, hash("name"));
        run(APPEND);
        source.split("a", Step.rows(2L));

        assertThat(notes(APPEND)).isEmpty();
        assertThat(notes(hashed)).singleElement().asString().contains("sluice refresh --stream a");
        assertThat(run(hashed).rowsRead()).isEqualTo(1);
        assertThat(destination.rows("a")).containsExactly(1L, 2L);
        assertThat(notes(hashed)).isEmpty();
        assertThat(notes(APPEND)).hasSize(1);
    }

    @Test
    void beginsAnInterruptedReadAnewUnderOtherMappers() {
        source.split("a", Step.rows(1L), failing(1), Step.rows(9L));
        assertThat(run(Wishes.mapping(APPEND, filter("id < 5"))).status()).isEqualTo(StreamStatus.FAILED);

        StreamProgress progress = run(Wishes.mapping(APPEND, filter("id > 5")));

        assertThat(destination.rows("a")).containsExactly(9L);
        assertThat(progress.rowsRead()).isEqualTo(2);
        assertThat(progress.notes()).anyMatch(note -> note.contains("done anew"));
    }

    private List<String> notes(StreamSettings settings) {
        return plan(settings).streams().getFirst().notes();
    }

    /** Fails so many times and is gone then. */
    private static Step failing(int times) {
        int[] left = {times};
        return new Step.Do(() -> {
            if (left[0]-- > 0) {
                throw problem(ProblemKind.TRANSIENT).exception();
            }
        });
    }

    private static Problem problem(ProblemKind kind) {
        return Problem.of("E_FAKE", kind, "it broke");
    }

    private static MapperSpec filter(String condition) {
        return new MapperSpec.Filter(condition, null);
    }

    private static MapperSpec hash(String field) {
        return new MapperSpec.Hash(field, HashMethod.SHA_256, MapperSpec.Hash.SUFFIX, null);
    }

    private SyncPlan plan(StreamSettings settings) {
        return sync(settings).plan(false);
    }

    private StreamProgress run(StreamSettings settings) {
        SyncRun run = sync(settings);
        return run.execute(run.plan(false), new StopSignal()).streams().getFirst();
    }

    private SyncRun sync(StreamSettings settings) {
        return new SyncRun(
                Wishes.connection(settings).with(rules),
                source,
                destination,
                store,
                OPTIONS,
                new RunListener() {},
                time);
    }
}
