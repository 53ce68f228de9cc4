package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RejectRules.Policy;
import dev.sluice.engine.connection.RejectRules.Strict;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.MemoryStore;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rejected records are tried again: each arrives once, wherever the process dies, and those that are still bad stay. */
@Timeout(60)
class ReplayTest {
    private static final RunOptions OPTIONS = RunOptions.forMachine(512L << 20, 2);

    private final MemoryStore store = new MemoryStore();
    private final FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private StreamMode mode = StreamMode.INCREMENTAL_APPEND;
    private RejectRules rules = RejectRules.USUAL;

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.connection.StreamMode#copying")
    void addsWhatCanBeReadNowAndKeepsTheRest(StreamMode each) {
        mode = each;
        FakeSource source = source(Hook.NONE);
        sync(source);
        source.mend("line 2", 2);

        ReplayRun.Replayed replayed = replay(source, destination);

        assertThat(replayed.written()).isEqualTo(1);
        assertThat(replayed.again().values())
                .extracting(record -> record.place() + " " + record.code())
                .containsExactly("line 4 STILL");
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L);
        assertThat(store.rejects()).containsExactly("a line 4");
        assertThat(store.rejects("replayed")).containsExactly("a line 2");
        assertThat(store.streams().getFirst().position())
                .isEqualTo(
                        mode.name().startsWith("FULL")
                                ? store.streams().getFirst().position()
                                : new Position(FakeSource.IDENTITY, "1"));
    }

    @Test
    void letsTheNextSyncGoOnWhereTheLastOneEnded() {
        FakeSource source = source(Hook.NONE);
        sync(source);
        source.mend("line 2", 2);
        replay(source, destination);
        source.split("a", Step.rows(5L));

        StreamProgress progress = sync(source);

        assertThat(progress.rowsRead()).isEqualTo(1);
        assertThat(destination.rows("a")).containsExactly(1L, 2L, 3L, 5L);
    }

    @Test
    void addsEachRecordOnceWhereverItDies() {
        int step = 1;
        while (diesAt(step)) {
            step++;
        }
        assertThat(step).isGreaterThan(8);
    }

    /** Replays up to the given step and dies, syncs, and replays again; false if the first came to its end before. */
    private static boolean diesAt(int step) {
        ReplayTest own = new ReplayTest();
        own.sync(source(Hook.NONE));
        AtomicInteger left = new AtomicInteger(step);
        Hook death = now -> {
            if (left.decrementAndGet() <= 0) {
                throw Problem.of("E_DEAD", ProblemKind.INTERNAL, "dead at " + now)
                        .exception();
            }
        };
        FakeSource dying = source(death);
        dying.mend("line 2", 2);
        List<ReplayRecord> records = own.store.replays();
        own.store.with(death);
        try {
            StreamPlan plan = own.plan(source(Hook.NONE), own.destination);
            own.run(dying, own.destination.reopened(death)).execute(plan, records);
        } catch (ProblemException died) {
            assertThat(died.problem().code()).isEqualTo("E_DEAD");
        }
        own.store.with(Hook.NONE);
        FakeSource alive = source(Hook.NONE);
        alive.mend("line 2", 2);
        // A sync in between must neither take the dead job up nor forget what it had done.
        if (step % 2 == 0) {
            assertThat(own.sync(alive).rowsRead()).isZero();
        }
        own.replay(alive, own.destination);

        assertThat(own.destination.rows("a")).as("died at step %d", step).containsExactly(1L, 2L, 3L);
        assertThat(own.store.rejects()).as("died at step %d", step).containsExactly("a line 4");
        assertThat(own.store.rejects("replayed")).containsExactly("a line 2");
        return left.get() <= 0;
    }

    @Test
    void triesRecordsWithoutWritingAnything() {
        rules = new RejectRules(Policy.QUARANTINE, RejectLimit.NONE, Strict.REJECT);
        FakeSource source = source(Hook.NONE);
        sync(source);
        List<String> steps = new ArrayList<>();
        FakeSource looked = source(steps::add);
        looked.mend("line 2", 2);
        StreamPlan plan = plan(source, destination);
        List<ReplayRecord> records = store.replays();
        store.with(steps::add);
        DryReplay dry = new DryReplay(looked, destination.reopened(steps::add), store, new StopSignal());

        ReplayRun.Replayed outcome = dry.execute(plan, records);

        assertThat(dry.obstacle(plan)).isNull();
        assertThat(dry.generation(plan)).isEqualTo(store.streams().getFirst().generation());
        assertThat(outcome.written()).isEqualTo(1);
        assertThat(outcome.again().values())
                .extracting(record -> record.place() + " " + record.code())
                .containsExactly("line 4 STILL");
        assertThat(steps)
                .contains("source.reread a")
                .allMatch(step -> step.startsWith("source.reread") || step.startsWith("destination.ledger"));
        assertThat(store.rejects()).containsExactly("a line 2", "a line 4");
        assertThat(destination.rows("a")).containsExactly(1L, 3L);
    }

    @Test
    void saysWhatWouldKeepAReplayFromBeginning() {
        FakeSource source = source(Hook.NONE);
        sync(source);
        source.mend("line 2", 2);
        StreamPlan before = plan(source, destination);
        mode = StreamMode.FULL_REFRESH_OVERWRITE;
        DryReplay dry = new DryReplay(source, destination, store, new StopSignal());

        assertThat(dry.obstacle(before)).isNull();
        assertThat(dry.obstacle(plan(source, destination)))
                .extracting(Problem::code)
                .isEqualTo("E_REPLAY_NOT_READY");
        assertThat(dry.execute(plan(source, destination), store.replays()).written())
                .isEqualTo(1);
    }

    @Test
    void takesARowAsAPersonMendedIt() {
        rules = new RejectRules(Policy.QUARANTINE, RejectLimit.NONE, Strict.REJECT);
        destination.alter(true, 3L);
        FakeSource source = source(Hook.NONE);
        sync(source);
        assertThat(store.rejects()).containsExactly("a id=3", "a line 2", "a line 4");

        List<ReplayRecord> mended = store.replays().stream()
                .map(each -> new ReplayRecord(each.id(), each.record(), Instant.EPOCH, row(each), true))
                .toList();
        ReplayRun.Replayed replayed = run(source, destination).execute(plan(source, destination), mended);

        assertThat(replayed.written()).isEqualTo(1);
        assertThat(replayed.again().values())
                .extracting(record -> record.place() + ": " + record.reason())
                .containsExactlyInAnyOrder(
                        "id=3: field id: the value would arrive as null (DESTINATION_TYPECAST_ERROR)",
                        "line 4: the stream has no field ident");
        assertThat(destination.rows("a")).containsExactly(1L, 22L);
    }

    private static Map<String, String> row(ReplayRecord record) {
        return switch (record.record().place()) {
            case "line 2" -> Map.of("id", "22");
            case "line 4" -> Map.of("ident", "4");
            default -> Map.of("id", "3");
        };
    }

    @Test
    void refusesAStreamWhoseSyncWasInterrupted() {
        FakeSource source = source(Hook.NONE);
        sync(source);
        source.split("a", new Step.Fail(Problem.of("E_FAKE", ProblemKind.DATA, "it failed")));
        sync(source);

        assertThatThrownBy(() -> replay(source, destination))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo("E_REPLAY_NOT_READY"));
        assertThat(store.rejects()).containsExactly("a line 2", "a line 4");
    }

    @Test
    void makesTheRecordsOfAnOlderCopyVoidWhenANewOneTakesItsPlace() {
        mode = StreamMode.FULL_REFRESH_OVERWRITE;
        FakeSource source = source(Hook.NONE);
        sync(source);
        sync(source);

        assertThat(store.rejects()).containsExactly("a line 2", "a line 4");
        assertThat(store.rejects("superseded")).containsExactly("a line 2", "a line 4");
    }

    private static FakeSource source(Hook hook) {
        return new FakeSource(hook)
                .with(Wishes.stream("a"))
                .split("a", Step.rows(1L), new Step.Reject("line 2"), Step.rows(3L), new Step.Reject("line 4"));
    }

    private StreamProgress sync(FakeSource source) {
        SyncRun run = syncRun(source, destination);
        return run.execute(run.plan(false), new StopSignal()).streams().getFirst();
    }

    private SyncRun syncRun(FakeSource source, FakeDestination into) {
        return new SyncRun(
                Wishes.connection(Wishes.rejecting(mode, rules)), source, into, store, OPTIONS, new RunListener() {});
    }

    private StreamPlan plan(FakeSource source, FakeDestination into) {
        return syncRun(source, into).plan(false).streams().getFirst();
    }

    private ReplayRun run(FakeSource source, FakeDestination into) {
        return new ReplayRun(source, into, store, new StopSignal());
    }

    private ReplayRun.Replayed replay(FakeSource source, FakeDestination into) {
        StreamPlan plan = plan(source, into);
        ReplayRun run = run(source, into);
        run.generation(plan);
        return run.execute(plan, store.replays());
    }
}
