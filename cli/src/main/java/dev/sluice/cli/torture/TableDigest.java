package dev.sluice.cli.torture;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowJson;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;

/** Reads a whole table and keeps of it no more than a digest that does not depend on the order of rows. */
final class TableDigest implements ReadContext {
    /** Airbyte's columns differ from run to run. */
    private static final String META = "_airbyte_";

    private static final long LARGEST_VALUE = 64L << 20;

    private final MessageDigest digest = sha256();
    private long rows;
    private long first;
    private long second;

    /** The content of a table; of one that is not there, nothing. */
    static Content of(ReadBack written) {
        TableDigest table = new TableDigest();
        written.source()
                .discover(new DiscoverScope.Only(Set.of(written.stream())))
                .find(written.stream())
                .ifPresent(stream -> table.read(written.source(), stream));
        return new Content(table.rows, table.first, table.second);
    }

    private void read(Source source, CatalogStream stream) {
        List<Field> fields = stream.schema().fields().stream()
                .filter(field -> !field.name().startsWith(META))
                .toList();
        StreamRead read = new StreamRead(stream, new Schema(fields), SyncMode.FULL_REFRESH, null, List.of(), false);
        try (PlannedRead planned = planned(source.plan(read, new ReadStart.Beginning()))) {
            for (Split split : planned.plan().splits()) {
                try (SplitReader reader = source.open(read, planned.plan(), split, null, this)) {
                    RecordBatch batch = reader.read();
                    while (batch != null) {
                        add(batch);
                        batch = reader.read();
                    }
                }
            }
        }
    }

    private static PlannedRead planned(PlanResult result) {
        return switch (result) {
            case PlanResult.Planned(PlannedRead read) -> read;
            case PlanResult.CannotResume(String why) ->
                throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the read from the beginning was refused: " + why)
                        .exception();
        };
    }

    private void add(RecordBatch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest(RowJson.of(batch, row)));
            rows++;
            first += bytes.getLong();
            second += bytes.getLong();
        }
    }

    @Override
    public BatchSize batchSize() {
        return BatchSize.DEFAULT;
    }

    @Override
    public boolean admitLargeValue(long bytes) {
        return bytes <= LARGEST_VALUE;
    }

    @Override
    public void reject(RejectedRecord record) {
        throw Problem.of("E_TORTURE_READ", ProblemKind.DATA, "a row that was written cannot be read back")
                .at(record.place())
                .because(record.reason())
                .exception();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
