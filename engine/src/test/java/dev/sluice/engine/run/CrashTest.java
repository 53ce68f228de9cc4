package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.MemoryStore;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process dies at the first step, at the second, and so on until a run passes clean; a new process then finishes
 * the job. Whatever the step was, no row is lost and none is doubled, and neither is a rejected record (I7).
 */
@Timeout(120)
class CrashTest {
    /** Commits after every batch, so that there are many steps to die at. */
    private static final RunOptions OPTIONS = new RunOptions(2, 1 << 20, 1 << 20, 1, Duration.ofDays(1));

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.connection.StreamMode#copying")
    void losesAndDoublesNothingWhereverItDies(StreamMode mode) {
        dieEverywhere(mode, false);
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.connection.StreamMode#copying")
    void losesAndDoublesNothingWhenTheSourceCannotGoOn(StreamMode mode) {
        dieEverywhere(mode, true);
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.engine.connection.StreamMode#copying")
    void knowsWhereAStreamStandsThatLearnsItByReading(StreamMode mode) {
        int step = 1;
        while (diesAt(step, mode, false, hook -> source(hook).learning())) {
            step++;
        }
        assertThat(step).isGreaterThan(15);
    }

    private static void dieEverywhere(StreamMode mode, boolean cannotResume) {
        int step = 1;
        while (diesAt(step, mode, cannotResume, CrashTest::source)) {
            step++;
        }
        assertThat(step).isGreaterThan(15);
    }

    /** Runs to the given step and dies, then runs again; false if the first run came to its end before that step. */
    private static boolean diesAt(int step, StreamMode mode, boolean cannotResume, Function<Hook, FakeSource> sources) {
        MemoryStore store = new MemoryStore();
        Death first = new Death(step);
        FakeDestination destination = FakeDestination.empty(first);
        destination.refuse(6L);
        run(mode, sources.apply(first), destination, store.with(first));

        // The second process dies as well, a little later, so that a resumed read is interrupted too.
        Death second = new Death(step / 2 + 4);
        FakeSource reopened = sources.apply(second);
        if (cannotResume) {
            reopened.refuseToResume("the snapshot died with the process");
        }
        run(mode, reopened, destination.reopened(second), store.with(second));

        run(mode, sources.apply(Hook.NONE), destination.reopened(Hook.NONE), store.with(Hook.NONE));
        // Each job of this mode adds a copy; a job that was taken up again after a death is still the same one.
        int copies = mode == StreamMode.FULL_REFRESH_APPEND ? store.jobs() : 1;
        List<Long> expected = Stream.of(1L, 2L, 3L, 4L, 5L)
                .flatMap(row -> Collections.nCopies(copies, row).stream())
                .toList();
        assertThat(destination.rows("a")).as("died at step %d", step).isEqualTo(expected);
        List<String> rejected = Stream.of("a line 3", "a line 6", "a line 7", "a row 6")
                .flatMap(place -> Collections.nCopies(copies, place).stream())
                .toList();
        assertThat(store.rejects()).as("died at step %d", step).isEqualTo(rejected);
        assertThat(store.rejects("pending")).as("died at step %d", step).isEmpty();
        assertThat(store.hasOpenJob()).isFalse();
        assertThat(store.stream(StreamId.of("a")).orElseThrow().position())
                .as("died at step %d", step)
                .isEqualTo(new Position(FakeSource.IDENTITY, "2"));
        return first.happened();
    }

    private static FakeSource source(Hook hook) {
        return new FakeSource(hook)
                .with(Wishes.stream("a"))
                .split("a", Step.rows(1L, 2L), new Step.Reject("line 3"), Step.rows(3L))
                .split("a", Step.rows(4L, 6L), new Step.Reject("line 6"), Step.rows(5L), new Step.Reject("line 7"));
    }

    private static void run(StreamMode mode, FakeSource source, FakeDestination destination, MemoryStore store) {
        StreamSettings settings = Wishes.keyed("a", mode, "id", "id");
        SyncRun run =
                new SyncRun(Wishes.connection(settings), source, destination, store, OPTIONS, new RunListener() {});
        try {
            run.execute(run.plan(false), new StopSignal());
        } catch (ProblemException died) {
            assertThat(died.problem().code()).isEqualTo("E_DEAD");
        }
    }

    /** From the n-th step on, everything fails: nothing more reaches the disk, as after SIGKILL. */
    private static final class Death implements Hook {
        private final AtomicInteger left;

        Death(int step) {
            left = new AtomicInteger(step);
        }

        boolean happened() {
            return left.get() <= 0;
        }

        @Override
        public void at(String step) {
            if (left.decrementAndGet() <= 0) {
                throw Problem.of("E_DEAD", ProblemKind.INTERNAL, "the process is dead at " + step)
                        .exception();
            }
        }
    }
}
