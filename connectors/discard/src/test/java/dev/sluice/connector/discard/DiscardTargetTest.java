package dev.sluice.connector.discard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Counting, failing and going slowly on demand. */
class DiscardTargetTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", new DataType.IntType(64)), new Field("name", new DataType.TextType()));

    private static Destination open(Map<String, Object> config) {
        return new DiscardConnector().open(Config.of(config), new TestContext());
    }

    private static TargetSpec spec(@Nullable String namespace, String name) {
        return new TargetSpec(
                new Owner("id", "test", false),
                StreamId.of(name),
                new TargetName(namespace, name),
                SCHEMA,
                new WriteMode(DestinationSyncMode.APPEND, List.of(), null),
                new Generation(1, 0, 1));
    }

    private static RecordBatch batch(int rows) {
        BatchMaker batch = BatchMaker.of(SCHEMA);
        for (int i = 0; i < rows; i++) {
            batch.row(i, "abc");
        }
        return batch.build();
    }

    private static Marker marker(long rows) {
        return new Marker("split", new SplitProgress("here", false, rows));
    }

    private static Problem problemOf(Runnable action) {
        AtomicReference<@Nullable Problem> found = new AtomicReference<>();
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(ProblemException.class, failure -> found.set(failure.problem()));
        Problem problem = found.get();
        if (problem == null) {
            throw new AssertionError("no problem");
        }
        return problem;
    }

    @Test
    void rowsAndBytesAreCountedFromCommitToCommit() {
        try (Target target = open(Map.of()).open(spec(null, "orders"));
                Writer writer = target.writer(new TestWriteContext())) {
            writer.write(batch(10));
            writer.write(batch(5));
            Committable first = writer.prepare(marker(15));
            writer.write(batch(2));
            Committable second = writer.prepare(marker(17));
            assertThat(first.rows()).isEqualTo(15);
            assertThat(first.bytes()).isEqualTo(batch(10).payloadBytes() + batch(5).payloadBytes());
            assertThat(second.rows()).isEqualTo(2);
            target.commit(first);
            target.commit(second);
            target.publish(17, null);
        }
    }

    @Test
    void operationsAndUnchangedValuesCountAsRows() {
        try (Target target = open(Map.of()).open(spec(null, "orders"));
                Writer writer = target.writer(new TestWriteContext())) {
            writer.write(BatchMaker.of(SCHEMA)
                    .row(Operation.DELETE, 1, null)
                    .row(Operation.UPDATE, 2, Values.UNCHANGED)
                    .build());
            assertThat(writer.prepare(marker(2)).rows()).isEqualTo(2);
        }
    }

    @Test
    void aPublishOfFewerRowsThanWereCommittedFails() {
        try (Target target = open(Map.of()).open(spec(null, "orders"));
                Writer writer = target.writer(new TestWriteContext())) {
            writer.write(batch(10));
            target.commit(writer.prepare(marker(10)));
            Problem problem = problemOf(() -> target.publish(9, null));
            assertThat(problem.kind()).isEqualTo(ProblemKind.INTEGRITY);
            assertThat(problem.message()).contains("10").contains("9");
        }
    }

    @Test
    void thePlanPromisesNothingAndSaysWhatItWasToldToDo() {
        assertThat(open(Map.of()).plan(spec("shop", "orders"))).satisfies(plan -> {
            assertThat(plan.guarantee()).isEqualTo(Guarantee.NONE);
            assertThat(plan.location()).isEqualTo("shop.orders");
            assertThat(plan.notes()).isEmpty();
        });
        assertThat(open(Map.of("fail_after_rows", 10, "rows_per_second", 5))
                        .plan(spec(null, "orders"))
                        .notes())
                .hasSize(2)
                .anySatisfy(note -> assertThat(note).contains("fail after 10 rows"))
                .anySatisfy(note -> assertThat(note).contains("5 rows a second"));
    }

    @Test
    void namesWithDotsDoNotShareALocation() {
        Destination destination = open(Map.of());
        assertThat(List.of(
                        destination.plan(spec("a", "b.c")).location(),
                        destination.plan(spec("a.b", "c")).location(),
                        destination.plan(spec(null, "a.b.c")).location(),
                        destination.plan(spec("a", "\"b.c\"")).location()))
                .doesNotHaveDuplicates();
    }

    @Test
    void itFailsWhenItWasToldToAndKeepsWhatWasCommittedBefore() {
        try (Target target = open(Map.of("fail_after_rows", 12)).open(spec(null, "orders"));
                Writer writer = target.writer(new TestWriteContext());
                Writer other = target.writer(new TestWriteContext())) {
            writer.write(batch(6));
            other.write(batch(6));
            target.commit(writer.prepare(marker(6)));
            target.commit(other.prepare(marker(6)));
            Problem problem = problemOf(() -> other.write(batch(1)));
            // Of a kind that is not tried again by itself, so that it shows at once.
            assertThat(problem.kind().retry()).isEqualTo(ProblemKind.Retry.NEVER);
            assertThat(problem.message()).contains("told to fail after 12 rows");
            assertThat(problem.fix()).contains("fail_after_rows");
        }
    }

    @Test
    void itGoesSlowlyWhenItWasToldTo() {
        long began = System.nanoTime();
        try (Target target = open(Map.of("rows_per_second", 1000)).open(spec(null, "orders"));
                Writer writer = target.writer(new TestWriteContext())) {
            writer.write(batch(60));
            writer.write(batch(40));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(99));
    }

    @Test
    void aWriterThatWaitsForItsTurnCanBeCancelled() {
        try (Target target = open(Map.of("rows_per_second", 1)).open(spec(null, "orders"));
                Writer writer = target.writer(new TestWriteContext())) {
            AtomicReference<@Nullable Problem> ended = new AtomicReference<>();
            Thread thread = Thread.ofPlatform().start(() -> ended.set(problemOf(() -> writer.write(batch(100_000)))));
            writer.cancel();
            Await.end(thread);
            Problem problem = ended.get();
            assertThat(problem).isNotNull();
            assertThat(problem == null ? null : problem.kind()).isEqualTo(ProblemKind.CANCELLED);
        }
    }

    @Test
    void itsAddressIsItsName() {
        DiscardConnector connector = new DiscardConnector();
        assertThat(connector.fromUri("discard:")).isPresent();
        assertThat(connector.fromUri("discard://?rows_per_second=5"))
                .hasValueSatisfying(config -> assertThat(config.values()).containsEntry("rows_per_second", "5"));
        assertThat(connector.fromUri("discard.csv")).isEmpty();
    }
}
