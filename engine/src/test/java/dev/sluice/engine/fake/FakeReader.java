package dev.sluice.engine.fake;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Walks through the steps of a split; it can go on after each of them. */
final class FakeReader implements SplitReader {
    private final Schema schema;
    private final List<Step> steps;
    private final ReadContext context;
    private final long countedTooMany;
    private final Runnable beforeStep;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private int next;
    private long sent;
    private @Nullable String end;

    FakeReader(
            Schema schema, List<Step> steps, int next, ReadContext context, long countedTooMany, Runnable beforeStep) {
        this.schema = schema;
        this.steps = steps;
        this.next = next;
        this.context = context;
        this.countedTooMany = countedTooMany;
        this.beforeStep = beforeStep;
    }

    /** Says at its end how many splits there were up to it. */
    FakeReader endingAt(int splits) {
        end = Integer.toString(splits);
        return this;
    }

    @Override
    public @Nullable String end() {
        return end;
    }

    @Override
    public @Nullable RecordBatch read() {
        while (next < steps.size()) {
            beforeStep.run();
            if (cancelled.getCount() == 0) {
                throw FakeSource.cancelled();
            }
            RecordBatch batch = perform(steps.get(next));
            next++;
            if (batch != null) {
                sent += batch.rows();
                return batch;
            }
        }
        return null;
    }

    private @Nullable RecordBatch perform(Step step) {
        return switch (step) {
            case Step.Rows(List<Long> values) -> batch(values, 0);
            case Step.Large(long value, long bytes) ->
                context.admitLargeValue(bytes) ? batch(List.of(value), (int) bytes) : batch(List.of(value), 0);
            case Step.Reject(String place) -> {
                context.reject(new RejectedRecord(place, "FAKE", "it is bad", place.getBytes(StandardCharsets.UTF_8)));
                sent++;
                yield null;
            }
            case Step.Fail(var problem) -> throw problem.exception();
            case Step.Expect(long rows) -> {
                context.expect(rows);
                yield null;
            }
            case Step.Do(Runnable action) -> {
                action.run();
                yield null;
            }
            case Step.Await(CountDownLatch event) -> {
                await(event);
                yield null;
            }
        };
    }

    private void await(CountDownLatch event) {
        try {
            while (!event.await(5, TimeUnit.MILLISECONDS)) {
                if (cancelled.getCount() == 0) {
                    throw FakeSource.cancelled();
                }
            }
        } catch (InterruptedException stubborn) {
            // Like a driver in a native call: only cancel() reaches it.
            await(event);
        }
    }

    private RecordBatch batch(List<Long> values, int payload) {
        BatchBuilder builder = new BatchBuilder(schema, BatchSize.DEFAULT);
        for (long value : values) {
            ((LongColumn.Builder) builder.column(0)).append(value);
            for (int i = 1; i < schema.size(); i++) {
                ((BytesColumn.Builder) builder.column(i)).append(new byte[payload]);
            }
            builder.endRow();
        }
        return builder.build(0);
    }

    @Override
    public String position() {
        return Integer.toString(next);
    }

    @Override
    public long reportedRows() {
        return sent + countedTooMany;
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    @Override
    public void close() {}
}
