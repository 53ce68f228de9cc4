package dev.sluice.engine.verify;

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
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.engine.verify.Difference.Kind;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy is held against its source: what differs is found and named, nothing else is, and it can be mended. */
@Timeout(60)
class VerificationTest {
    private final MemoryStore store = new MemoryStore();
    private final FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private final StopSignal stop = new StopSignal();
    private FakeSource source = new FakeSource(Hook.NONE)
            .with(Wishes.stream("a"))
            .split("a", Step.rows(1L, 2L, 3L), Step.rows(4L))
            .split("a", Step.rows(5L, 6L));
    private StreamSettings settings = Wishes.in(StreamMode.INCREMENTAL_APPEND_DEDUPED, "*");

    @ParameterizedTest
    @EnumSource(
            names = {
                "INCREMENTAL_APPEND_DEDUPED",
                "FULL_REFRESH_OVERWRITE",
                "INCREMENTAL_APPEND",
                "FULL_REFRESH_OVERWRITE_DEDUPED"
            })
    void provesACopyThatIsAsItsSource(StreamMode mode) {
        settings = Wishes.in(mode, "*");
        sync();

        StreamVerdict verdict = verify();

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.counts().sourceRows()).isEqualTo(6);
        assertThat(verdict.counts().storedRows()).isEqualTo(6);
        assertThat(verdict.counts().kinds()).isEmpty();
    }

    @Test
    void namesTheRowsThatDiffer() {
        sync();
        destination.table("a").harm(1L, 3L, 4L, 5L, 6L, 70L);

        StreamVerdict verdict = verify();

        assertThat(verdict.isBroken()).isTrue();
        assertThat(verdict.isMendable()).isTrue();
        assertThat(verdict.shown())
                .containsExactly(
                        new Difference(Kind.MISSING, "id=2", List.of()),
                        new Difference(Kind.EXTRA, "id=70", List.of()));
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamMode.class,
            names = {"FULL_REFRESH_OVERWRITE", "INCREMENTAL_APPEND_DEDUPED", "FULL_REFRESH_OVERWRITE_DEDUPED"})
    void mendsWhatDiffersAndGoesOnWhereTheLastSyncEnded(StreamMode mode) {
        settings = Wishes.in(mode, "*");
        sync();
        destination.table("a").harm(1L, 3L, 4L, 5L, 6L, 70L);

        Verification.Repaired repaired = verification().repair(plan(), Set.of());

        assertThat(repaired.written()).isEqualTo(1);
        assertThat(repaired.removed()).isEqualTo(1);
        assertThat(repaired.after().isProven()).isTrue();
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(store.streams().getFirst().position()).isEqualTo(new Position(FakeSource.IDENTITY, "2"));
        source.split("a", Step.rows(7L));
        sync();
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(verify().isProven()).isTrue();
    }

    @Test
    void changesNothingWhereNothingDiffers() {
        sync();
        long job = store.streams().getFirst().lastSyncId();

        Verification.Repaired repaired = verification().repair(plan(), Set.of());

        assertThat(repaired.written() + repaired.removed()).isZero();
        assertThat(store.streams().getFirst().lastSyncId()).isEqualTo(job);
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamMode.class,
            names = {"INCREMENTAL_APPEND", "INCREMENTAL_APPEND_DEDUPED"})
    void expectsNothingThatCameAfterTheLastSync(StreamMode mode) {
        settings = Wishes.in(mode, "*");
        sync();
        source.split("a", Step.rows(7L, 8L));

        StreamVerdict verdict = verify();

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.counts().pending()).isEqualTo(2);
    }

    /** What a log adds to a row is another each time, and a comparison must not set up a log. */
    @Test
    void leavesOutWhatALogAddsAndBeginsNoLog() {
        FakeSource logged = new FakeSource(Hook.NONE)
                .with(Wishes.stream(
                        StreamId.of("a"),
                        Cursor.KEPT_BY_SOURCE,
                        "id",
                        Wishes.ID,
                        new Field(ChangeFields.LOG_FILE, new DataType.TextType())))
                .split("a", Step.rows(1L, 2L));
        source = logged;
        sync();
        logged.modes().clear();

        StreamVerdict verdict = verify();

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.notes()).anyMatch(note -> note.contains(ChangeFields.LOG_FILE));
        assertThat(logged.modes()).containsExactly(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL);
        assertThat(logged.starts().getLast()).isInstanceOf(ReadStart.After.class);
    }

    @Test
    void saysThatAWholeCopyMayBeOlderThanItsSource() {
        settings = Wishes.in(StreamMode.FULL_REFRESH_OVERWRITE, "*");
        sync();
        source.split("a", Step.rows(7L));

        StreamVerdict verdict = verify();

        assertThat(verdict.counts().of(Kind.MISSING)).isEqualTo(1);
        assertThat(verdict.notes()).anyMatch(note -> note.contains("since the last sync"));
    }

    @Test
    void comparesWhatTheMappersMake() {
        settings = Wishes.mapping(
                Wishes.in(StreamMode.FULL_REFRESH_OVERWRITE, "*"), new MapperSpec.Filter("id > 2", null));
        sync();
        assertThat(destination.rows("a")).containsExactly(3L, 4L, 5L, 6L);

        assertThat(verify().isProven()).isTrue();

        destination.table("a").harm(1L, 3L, 4L, 5L, 6L);
        assertThat(verify().shown()).containsExactly(new Difference(Kind.EXTRA, "id=1", List.of()));
    }

    @Test
    void doesNotMissARowThatWasRejected() {
        sync();
        destination.table("a").harm(1L, 2L, 3L, 4L, 5L);

        StreamVerdict verdict = verification().verify(plan(), Set.of("id=6"));

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.counts().of(Kind.REJECTED)).isEqualTo(1);
    }

    @Test
    void findsMoreRowsThanAreNamed() {
        Long[] many = LongStream.range(100, 30_100).boxed().toArray(Long[]::new);
        source.split("a", Step.rows(many));
        sync();
        destination.table("a").harm(1L, 2L, 3L, 4L, 5L, 6L);

        StreamVerdict verdict = verify();

        assertThat(verdict.counts().of(Kind.MISSING)).isEqualTo(30_000);
        assertThat(verdict.shown()).hasSize(5);
    }

    @Test
    void comparesNothingWhereEachSyncAddsAllRows() {
        settings = Wishes.in(StreamMode.FULL_REFRESH_APPEND, "*");
        sync();

        StreamVerdict verdict = verify();

        assertThat(verdict.isProven()).isFalse();
        assertThat(verdict.isBroken()).isFalse();
    }

    @Test
    void refusesToMendWhatKeepsOlderVersions() {
        settings = Wishes.in(StreamMode.INCREMENTAL_APPEND, "*");
        sync();
        destination.table("a").harm(1L);

        assertThat(verify().isBroken()).isTrue();
        assertThat(verify().isMendable()).isFalse();
        assertThat(verify().notes()).anyMatch(note -> note.contains("`sluice refresh --stream a`"));
        assertProblem("E_VERIFY_REPAIR", () -> verification().repair(plan(), Set.of()));
        assertThat(destination.rows("a")).containsExactly(1L);
    }

    @Test
    void needsASyncThatIsComplete() {
        assertProblem("E_VERIFY_NOT_READY", this::verify);
    }

    @Test
    void saysNothingWhenItIsStopped() {
        sync();
        stop.request();

        assertProblem("E_CANCELLED", this::verify);
    }

    private static void assertProblem(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo(code));
    }

    private StreamVerdict verify() {
        return verification().verify(plan(), Set.of());
    }

    private Verification verification() {
        return new Verification(source, destination, store, new VerifyOptions(2, 1 << 20, 5, true), stop);
    }

    private SyncRun run() {
        RunOptions options = RunOptions.forMachine(512L << 20, 2);
        return new SyncRun(Wishes.connection(settings), source, destination, store, options, new RunListener() {});
    }

    private StreamPlan plan() {
        return run().plan(false).orThrow().streams().getFirst();
    }

    private void sync() {
        assertThat(run().execute(run().plan(false), new StopSignal())
                        .streams()
                        .getFirst()
                        .problem())
                .isNull();
    }
}
