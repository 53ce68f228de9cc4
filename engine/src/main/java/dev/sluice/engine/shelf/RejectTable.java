package dev.sluice.engine.shelf;

import dev.sluice.engine.value.TextValues;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.RejectedRecord;
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
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rejected records as a stream that any destination can take, one row a record. It is read whole each time: how a record stands
 * changes, and which number it has does not.
 */
public final class RejectTable implements Source {
    /** What the stream is called unless somebody says otherwise. */
    public static final String NAME = "rejected_records";

    private static final DataType TEXT = new DataType.TextType();
    private static final DataType WHOLE = new DataType.IntType(64);
    private static final Schema SCHEMA = Schema.of(
            new Field("connection", TEXT),
            new Field("id", WHOLE),
            new Field("run", WHOLE),
            new Field("namespace", TEXT),
            new Field("stream", TEXT),
            new Field("object", TEXT),
            new Field("state", TEXT),
            new Field("rejected_at", new DataType.TimestampType(6, true)),
            new Field("class", TEXT),
            new Field("reason", TEXT),
            new Field("field", TEXT),
            new Field("place", TEXT),
            new Field("record", TEXT),
            new Field("mapped", TEXT));

    private final Supplier<RejectEntries> entries;
    private final Clock clock;

    /**
     * A source of records.
     *
     * @param entries tells all of them, from the first one on
     */
    public RejectTable(Supplier<RejectEntries> entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Override
    public CheckReport check() {
        return new CheckReport(List.of());
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        return new Catalog(
                List.of(new CatalogStream(
                        StreamId.of(NAME),
                        SCHEMA,
                        Set.of(SyncMode.INCREMENTAL),
                        Cursor.KEPT_BY_SOURCE,
                        List.of(FieldPath.of("connection"), FieldPath.of("id")),
                        false,
                        Estimate.NONE)),
                List.of());
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        if (start instanceof ReadStart.Resume) {
            return new PlanResult.CannotResume("the rejected records are read anew");
        }
        Position end = new Position("rejected records", Long.toString(clock.millis()));
        ReadPlan plan = new ReadPlan("", List.of(new Split("all", "", Estimate.NONE)), end);
        return new PlanResult.Planned(new PlannedRead() {
            @Override
            public ReadPlan plan() {
                return plan;
            }

            @Override
            public void close() {
                // There is nothing to let go of.
            }
        });
    }

    @Override
    public SplitReader open(StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext context) {
        return new Reader(read.schema(), entries.get(), clock);
    }

    @Override
    public void close() {
        // There is nothing to let go of.
    }

    private static final class Reader implements SplitReader {
        private final Schema schema;
        private final RejectEntries entries;
        private final Clock clock;

        Reader(Schema schema, RejectEntries entries, Clock clock) {
            this.schema = schema;
            this.entries = entries;
            this.clock = clock;
        }

        @Override
        public @Nullable RecordBatch read() {
            List<RejectEntries.Entry> some = entries.next();
            if (some.isEmpty()) {
                return null;
            }
            List<Column> columns = new ArrayList<>();
            for (Field field : schema.fields()) {
                ColumnBuilder builder = ColumnBuilder.of(field.type(), some.size());
                for (RejectEntries.Entry entry : some) {
                    String text = value(entry, field.name());
                    if (text == null) {
                        builder.appendNull();
                    } else {
                        TextValues.append(field.type(), text, builder);
                    }
                }
                columns.add(builder.build());
            }
            return RecordBatch.of(schema, some.size(), columns, clock.millis() * 1000);
        }

        private static @Nullable String value(RejectEntries.Entry entry, String field) {
            RejectedRecord record = entry.record();
            byte[] mapped = record.mapped();
            return switch (field) {
                case "connection" -> entry.where().connection();
                case "id" -> Long.toString(entry.id());
                case "run" -> Long.toString(entry.where().run());
                case "namespace" -> entry.where().stream().namespace();
                case "stream" -> entry.where().stream().name();
                case "object" -> entry.where().object();
                case "state" -> entry.state();
                case "rejected_at" -> entry.at().toString();
                case "class" -> record.code();
                case "reason" -> record.reason();
                case "field" -> record.field();
                case "place" -> record.place();
                case "record" -> RejectLines.text(record.original());
                case "mapped" -> mapped == null ? null : new String(mapped, StandardCharsets.UTF_8);
                default -> throw new IllegalArgumentException("no such field: " + field);
            };
        }

        @Override
        public @Nullable String position() {
            return null;
        }

        @Override
        public long reportedRows() {
            return NOT_REPORTED;
        }

        @Override
        public void cancel() {
            // It never waits.
        }

        @Override
        public void close() {
            // There is nothing to let go of.
        }
    }
}
