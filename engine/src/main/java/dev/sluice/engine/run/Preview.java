package dev.sluice.engine.run;

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
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of a stream, as a run would write them.
 *
 * @param batches the rows; the last batch may hold more than were asked for
 * @param rejected why records on the way cannot be moved, a sentence each
 * @param filtered how many rows on the way did not pass a filter
 */
public record Preview(List<RecordBatch> batches, List<String> rejected, long filtered) {
    /** How many rows are looked at for one that is shown, where a filter lets few pass. */
    private static final int MOST_LOOKS = 1000;

    private static final long LARGEST_VALUE = 16 << 20;

    public Preview {
        batches = List.copyOf(batches);
        rejected = List.copyOf(rejected);
    }

    /**
     * Reads the first rows of a stream.
     *
     * @param mapping what a run would do to them
     * @param rows how many are enough, at least 1
     */
    public static Preview of(Source source, StreamRead read, Mapping mapping, int rows) {
        Looker looker = new Looker(mapping, rows);
        try (PlannedRead planned = planned(source.plan(read, new ReadStart.Beginning()))) {
            for (Split split : planned.plan().splits()) {
                if (looker.wantsMore()) {
                    looker.look(source, read, planned, split);
                }
            }
        }
        return new Preview(looker.batches, looker.rejected, looker.filtered);
    }

    private static PlannedRead planned(PlanResult result) {
        return switch (result) {
            case PlanResult.Planned(PlannedRead read) -> read;
            case PlanResult.CannotResume(String why) ->
                throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the source refused to begin a read: " + why)
                        .exception();
        };
    }

    private static final class Looker implements ReadContext {
        private final List<RecordBatch> batches = new ArrayList<>();
        private final List<String> rejected = new ArrayList<>();
        private final Mapping mapping;
        private final int rows;
        private int left;
        private long looks;
        private long filtered;

        Looker(Mapping mapping, int rows) {
            this.mapping = mapping;
            this.rows = rows;
            left = rows;
            looks = (long) MOST_LOOKS * rows;
        }

        boolean wantsMore() {
            return left > 0 && looks > 0;
        }

        void look(Source source, StreamRead read, PlannedRead planned, Split split) {
            try (SplitReader reader = source.open(read, planned.plan(), split, null, this)) {
                while (wantsMore()) {
                    RecordBatch batch = reader.read();
                    if (batch == null) {
                        return;
                    }
                    looks -= batch.rows();
                    add(mapping.apply(batch, false));
                }
                reader.cancel();
            }
        }

        private void add(Mapped mapped) {
            filtered += mapped.filtered();
            mapped.rejections().forEach(why -> reject("a row cannot be moved: " + why.reason()));
            if (mapped.batch().rows() > 0) {
                batches.add(mapped.batch());
                left -= mapped.batch().rows();
            }
        }

        private void reject(String why) {
            if (rejected.size() < rows) {
                rejected.add(why);
            }
        }

        @Override
        public BatchSize batchSize() {
            return new BatchSize(rows, BatchSize.DEFAULT.bytes());
        }

        @Override
        public boolean admitLargeValue(long bytes) {
            return bytes <= LARGEST_VALUE;
        }

        @Override
        public void reject(RejectedRecord record) {
            reject(record.place() + " cannot be read: " + record.reason());
        }
    }
}
