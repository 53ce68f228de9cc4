package dev.sluice.engine.run;

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
 * The first rows of a stream, typed as a run would move them.
 *
 * @param batches the rows; the last batch may hold more than were asked for
 * @param rejected the records on the way that cannot be read
 */
public record Preview(List<RecordBatch> batches, List<RejectedRecord> rejected) {
    private static final long LARGEST_VALUE = 16 << 20;

    public Preview {
        batches = List.copyOf(batches);
        rejected = List.copyOf(rejected);
    }

    /**
     * Reads the first rows of a stream.
     *
     * @param rows how many are enough, at least 1
     */
    public static Preview of(Source source, StreamRead read, int rows) {
        Looker looker = new Looker(rows);
        try (PlannedRead planned = planned(source.plan(read, new ReadStart.Beginning()))) {
            for (Split split : planned.plan().splits()) {
                if (looker.left > 0) {
                    looker.look(source, read, planned, split);
                }
            }
        }
        return new Preview(looker.batches, looker.rejected);
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
        private final List<RejectedRecord> rejected = new ArrayList<>();
        private final int rows;
        private int left;

        Looker(int rows) {
            this.rows = rows;
            left = rows;
        }

        void look(Source source, StreamRead read, PlannedRead planned, Split split) {
            try (SplitReader reader = source.open(read, planned.plan(), split, null, this)) {
                while (left > 0) {
                    RecordBatch batch = reader.read();
                    if (batch == null) {
                        return;
                    }
                    batches.add(batch);
                    left -= batch.rows();
                }
                reader.cancel();
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
            if (rejected.size() < rows) {
                rejected.add(record);
            }
        }
    }
}
