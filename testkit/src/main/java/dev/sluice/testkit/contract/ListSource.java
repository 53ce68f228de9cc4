package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source over a list of rows that grows at its end: enough to feed a destination, with increments and resuming. */
public final class ListSource implements Source {
    private static final StreamId STREAM = StreamId.of("list", "rows");

    private final Schema schema;
    private final List<Row> rows;
    private final int splits;

    /**
     * Makes a source.
     *
     * @param rows the rows; the caller may add some between two runs
     * @param splits into how many parts a read is divided
     */
    public ListSource(Schema schema, List<Row> rows, int splits) {
        this.schema = schema;
        this.rows = rows;
        this.splits = splits;
    }

    /** Reads all fields in this mode. */
    public StreamRead read(SyncMode mode) {
        CatalogStream stream = discover(new DiscoverScope.All()).streams().getFirst();
        return new StreamRead(stream, schema, mode, null, stream.primaryKey(), false);
    }

    @Override
    public CheckReport check() {
        return new CheckReport(List.of(CheckReport.Step.ok("look at the list", null)));
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        return new Catalog(List.of(new CatalogStream(
                STREAM,
                schema,
                Set.of(SyncMode.INCREMENTAL),
                Cursor.KEPT_BY_SOURCE,
                List.of(FieldPath.of(schema.field(0).name())),
                true,
                Estimate.NONE)));
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        ReadPlan plan = switch (start) {
            case ReadStart.Beginning ignored -> divide(0);
            case ReadStart.After(Position position) -> divide(Integer.parseInt(position.value()));
            case ReadStart.Resume resume -> resume.plan();
        };
        return new PlanResult.Planned(new PlannedRead() {
            @Override
            public ReadPlan plan() {
                return plan;
            }

            @Override
            public void close() {
                // A list needs nothing to stay as it is.
            }
        });
    }

    private ReadPlan divide(int from) {
        int until = rows.size();
        List<Split> parts = new ArrayList<>();
        int size = Math.max(1, (until - from + splits - 1) / splits);
        for (int at = from; at < until; at += size) {
            parts.add(new Split("from " + at, at + "-" + Math.min(until, at + size), Estimate.NONE));
        }
        return new ReadPlan("", parts, new Position("list", Integer.toString(until)));
    }

    @Override
    public SplitReader open(StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext context) {
        int dash = split.payload().indexOf('-');
        int from = Integer.parseInt(after == null ? split.payload().substring(0, dash) : after);
        int until = Integer.parseInt(split.payload().substring(dash + 1));
        return new Reader(from, until, context.batchSize().rows());
    }

    @Override
    public void close() {
        // The list belongs to the test.
    }

    private final class Reader implements SplitReader {
        private final int until;
        private final int batchRows;
        private int next;

        Reader(int next, int until, int batchRows) {
            this.next = next;
            this.until = until;
            this.batchRows = batchRows;
        }

        @Override
        public @Nullable RecordBatch read() {
            if (next == until) {
                return null;
            }
            int end = Math.min(until, next + batchRows);
            RecordBatch batch = BatchMaker.batch(schema, rows.subList(next, end));
            next = end;
            return batch;
        }

        @Override
        public String position() {
            return Integer.toString(next);
        }

        @Override
        public long reportedRows() {
            return NOT_REPORTED;
        }

        @Override
        public void cancel() {
            // Reading a list never blocks.
        }

        @Override
        public void close() {
            // The list belongs to the test.
        }
    }
}
