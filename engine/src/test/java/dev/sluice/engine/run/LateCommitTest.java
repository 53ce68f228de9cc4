package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.LateDestination;
import dev.sluice.engine.fake.MemoryStore;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Destinations that say later what they hold: no state is saved of rows that a crash would lose (I3). */
@Timeout(30)
class LateCommitTest {
    /** Commits after every batch. */
    private static final RunOptions OPTIONS = new RunOptions(1, 1 << 20, 1 << 20, 1, Duration.ofDays(1));

    private static final Step FAILS = new Step.Fail(Problem.of("E_FAKE", ProblemKind.DATA, "it failed"));

    private final MemoryStore store = new MemoryStore();
    private final FakeSource source = new FakeSource(Hook.NONE).with(Wishes.stream("a"));

    private RunResult run(StreamMode mode, LateDestination destination) {
        SyncRun run = new SyncRun(
                Wishes.connection(Wishes.in(mode, "*")), source, destination, store, OPTIONS, new RunListener() {});
        return run.execute(run.plan(false), new StopSignal());
    }

    private long savedRows() {
        StreamState state = store.streams().getFirst();
        return Objects.requireNonNull(state.unfinished()).committedRows();
    }

    @Test
    void aStreamWhoseRowsBecomeDurableAtItsEndSucceeds() {
        source.split("a", Step.rows(1L), Step.rows(2L)).split("a", Step.rows(3L));
        LateDestination destination = new LateDestination(0, false, true);
        RunResult result = run(StreamMode.INCREMENTAL_APPEND, destination);
        assertThat(result.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result.streams().getFirst().rowsCommitted()).isEqualTo(3);
        assertThat(destination.rows()).containsExactly(1L, 2L, 3L);
        assertThat(source.acknowledged()).containsExactly("a@2"); // I1
    }

    @Test
    void onlyWhatIsDurableIsSavedAndCounted() {
        source.split("a", Step.rows(1L), Step.rows(2L), Step.rows(3L), FAILS);
        LateDestination destination = new LateDestination(2, false, true);
        RunResult result = run(StreamMode.INCREMENTAL_APPEND, destination);
        assertThat(result.streams().getFirst().rowsCommitted()).isEqualTo(2);
        assertThat(savedRows()).isEqualTo(2);
    }

    @Test
    void aStreamThatBreaksOffKeepsWhatTheDestinationMakesDurableThen() {
        source.split("a", Step.rows(1L), Step.rows(2L), FAILS);
        LateDestination destination = new LateDestination(0, true, true);
        run(StreamMode.INCREMENTAL_APPEND, destination);
        assertThat(savedRows()).isEqualTo(2);
        assertThat(destination.rows()).containsExactly(1L, 2L);
    }

    @Test
    void aDestinationThatNeverHoldsTheRowsMakesTheStreamFail() {
        source.split("a", Step.rows(1L));
        RunResult result = run(StreamMode.INCREMENTAL_APPEND, new LateDestination(0, false, false));
        assertThat(result.status()).isEqualTo(RunStatus.FAILED);
        assertThat(Objects.requireNonNull(result.streams().getFirst().problem()).code())
                .isEqualTo("E_IMBALANCE");
        assertThat(source.acknowledged()).isEmpty();
        assertThat(savedRows()).isZero();
    }

    @Test
    void aCopyThatReplacesIsMadeAnewWhenItWasInterrupted() {
        source.split("a", Step.rows(1L), FAILS);
        LateDestination destination = new LateDestination(1, true, true);
        run(StreamMode.FULL_REFRESH_OVERWRITE, destination);
        source.split("a", Step.rows(2L));
        run(StreamMode.FULL_REFRESH_OVERWRITE, destination);
        assertThat(destination.generations()).containsExactly(1L, 2L); // I5
    }
}
