package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads that are stopped in the middle and go on from the position that they told. */
final class Resumed {
    private Resumed() {}

    /** All rows of the only stream, which is read by a new reader after each batch of about so many rows. */
    static List<Row> rows(SourceDriver driver, int batchRows) {
        StreamRead read = driver.fullRead();
        TestReadContext context = new TestReadContext(new BatchSize(batchRows, 1 << 20));
        List<RecordBatch> batches = new ArrayList<>();
        try (PlannedRead planned = ((PlanResult.Planned) driver.source.plan(read, new ReadStart.Beginning())).read()) {
            for (Split split : planned.plan().splits()) {
                @Nullable String after = null;
                boolean more = true;
                while (more) {
                    try (SplitReader reader = driver.source.open(read, planned.plan(), split, after, context)) {
                        RecordBatch batch = reader.read();
                        more = batch != null;
                        if (batch != null) {
                            batches.add(batch);
                        }
                        after = reader.position();
                    }
                }
            }
        }
        assertThat(batches).as("the read was stopped").hasSizeGreaterThan(1);
        return Rows.of(batches);
    }
}
