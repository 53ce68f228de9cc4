package dev.sluice.engine.verify;

import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.map.Mapping;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The rows of one side as they are at one moment, to be read as often as needed. Several threads may read its splits. */
final class Scan implements AutoCloseable {
    private final Source source;
    private final StreamRead read;
    private final PlannedRead planned;
    private final UnaryOperator<RecordBatch> mapper;
    private final ReadContext context;

    private Scan(
            Source source,
            StreamRead read,
            PlannedRead planned,
            UnaryOperator<RecordBatch> mapper,
            ReadContext context) {
        this.source = source;
        this.read = read;
        this.planned = planned;
        this.mapper = mapper;
        this.context = context;
    }

    /** Takes rows; one thread gives them. */
    interface Sink {
        /** Takes the rows of a batch. */
        void take(RecordBatch batch);

        /** Hears that there are no more rows of a split. */
        default void finish() {}
    }

    /** What is stored. */
    static Scan stored(Source source, StreamRead read, long maxValueBytes) {
        Context context = new Context(maxValueBytes, false, new LongAdder());
        return new Scan(source, read, planned(source, read, new ReadStart.Beginning()), batch -> batch, context);
    }

    /** What the source has, as its mappers leave it. */
    static Scan mapped(Source source, StreamRead read, ReadStart start, Mapping mapping, Context context) {
        UnaryOperator<RecordBatch> mapper = batch -> {
            Mapped mapped = mapping.apply(batch, context.annotates());
            context.rejected.add(mapped.rejections().size());
            return mapped.batch();
        };
        return new Scan(source, read, planned(source, read, start), mapper, context);
    }

    private static PlannedRead planned(Source source, StreamRead read, ReadStart start) {
        if (source.plan(read, start) instanceof PlanResult.Planned(PlannedRead planned)) {
            return planned;
        }
        throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the source refused to begin a read")
                .at(read.stream().id().toString())
                .exception();
    }

    List<Split> splits() {
        return planned.plan().splits();
    }

    /**
     * Reads a split.
     *
     * @param stopped tells whether to stop after the batch in hand
     */
    void read(Split split, Sink sink, BooleanSupplier stopped) {
        try (SplitReader reader = source.open(read, planned.plan(), split, null, context)) {
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                if (stopped.getAsBoolean()) {
                    reader.cancel();
                    return;
                }
                RecordBatch mapped = mapper.apply(batch);
                if (mapped.rows() > 0) {
                    sink.take(mapped);
                }
            }
        }
        sink.finish();
    }

    @Override
    public void close() {
        planned.close();
    }

    /**
     * What a source hears of a comparison.
     *
     * @param maxValueBytes the largest value that is read
     * @param annotates true if values that cannot be read become null
     * @param rejected counts the records that cannot be moved
     */
    record Context(long maxValueBytes, boolean annotates, LongAdder rejected) implements ReadContext {
        @Override
        public BatchSize batchSize() {
            return BatchSize.DEFAULT;
        }

        @Override
        public boolean admitLargeValue(long bytes) {
            return bytes <= maxValueBytes;
        }

        @Override
        public void reject(RejectedRecord record) {
            rejected.increment();
        }
    }
}
