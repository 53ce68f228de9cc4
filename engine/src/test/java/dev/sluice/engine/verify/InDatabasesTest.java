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
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Checksums;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Databases that can sum their rows are asked first; only what they do not prove is read. */
@Timeout(60)
class InDatabasesTest {
    private static final Checksums SUMS = sums(2, 77);

    private final MemoryStore store = new MemoryStore();
    private final FakeDestination destination = FakeDestination.empty(Hook.NONE);
    private final StopSignal stop = new StopSignal();
    private final FakeSource source =
            new FakeSource(Hook.NONE).with(Wishes.stream("a")).split("a", Step.rows(1L, 2L));
    private final StreamSettings settings = Wishes.in(StreamMode.INCREMENTAL_APPEND_DEDUPED, "*");

    @BeforeEach
    void copy() {
        assertThat(run().execute(run().plan(false), new StopSignal())
                        .streams()
                        .getFirst()
                        .problem())
                .isNull();
        source.starts().clear();
    }

    @Test
    void readsNothingWhereBothHaveTheSameSums() {
        source.summing(() -> SUMS);
        destination.summing(() -> sums(2, 77));
        destination.table("a").harm(1L);

        StreamVerdict verdict = verify(true);

        assertThat(verdict.isProven())
                .as("by what they say, which is all that counts here")
                .isTrue();
        assertThat(verdict.inside()).isTrue();
        assertThat(verdict.counts().sourceRows()).isEqualTo(2);
        assertThat(verdict.counts().storedRows()).isEqualTo(2);
        assertThat(source.starts()).as("reads that were planned").isEmpty();
    }

    @Test
    void readsWhereTheirSumsDiffer() {
        source.summing(() -> SUMS);
        destination.summing(() -> sums(2, 78));
        destination.table("a").harm(1L);

        StreamVerdict verdict = verify(true);

        assertThat(verdict.inside()).isFalse();
        assertThat(verdict.shown()).containsExactly(new Difference(Difference.Kind.MISSING, "id=2", List.of()));
    }

    @Test
    void readsWhereOneOfThemCannotAfterAll() {
        source.summing(() -> null);
        destination.summing(() -> null);

        StreamVerdict verdict = verify(true);

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.inside()).isFalse();
    }

    @Test
    void readsAndSaysSoWhereOneFails() {
        CountDownLatch cancelled = new CountDownLatch(1);
        source.summing(() -> {
            throw Problem.of("E_DISK", ProblemKind.TRANSIENT, "the disk is full")
                    .exception();
        });
        destination.summing(new FakeSource.Summing() {
            @Override
            public @Nullable Checksums sum() {
                await(cancelled);
                return null;
            }

            @Override
            public void cancel() {
                cancelled.countDown();
            }
        });

        StreamVerdict verdict = verify(true);

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.inside()).isFalse();
        assertThat(verdict.notes()).anyMatch(note -> note.contains("the disk is full"));
    }

    @Test
    void readsWhereRowsThatCameSinceMakeThemDiffer() {
        source.split("a", Step.rows(3L));
        source.summing(() -> sums(3, 99));
        destination.summing(() -> SUMS);

        StreamVerdict verdict = verify(true);

        assertThat(verdict.isProven()).isTrue();
        assertThat(verdict.inside()).isFalse();
        assertThat(verdict.counts().pending()).isEqualTo(1);
    }

    @Test
    void asksNobodyWhereRowsAreToBeRead() {
        source.summing(() -> SUMS);
        destination.summing(() -> SUMS);
        destination.table("a").harm(1L);

        assertThat(verify(false).isBroken()).isTrue();
    }

    @Test
    void saysNothingWhereItIsStopped() {
        CountDownLatch cancelled = new CountDownLatch(2);
        FakeSource.Summing slow = new FakeSource.Summing() {
            @Override
            public Checksums sum() {
                stop.request();
                await(cancelled);
                return SUMS;
            }

            @Override
            public void cancel() {
                cancelled.countDown();
            }
        };
        source.summing(slow);
        destination.summing(slow);

        assertThatThrownBy(() -> verify(true))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_CANCELLED"));
    }

    private static Checksums sums(long rows, long sum) {
        return new Checksums(List.of(new Checksums.Group(5, rows, sum)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private StreamVerdict verify(boolean inside) {
        return new Verification(source, destination, store, new VerifyOptions(2, 1 << 20, 5, inside), stop)
                .verify(plan(), Set.of());
    }

    private StreamPlan plan() {
        return run().plan(false).orThrow().streams().getFirst();
    }

    private SyncRun run() {
        RunOptions options = RunOptions.forMachine(512L << 20, 2);
        return new SyncRun(Wishes.connection(settings), source, destination, store, options, new RunListener() {});
    }
}
