package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A destination that reads back gives the rows of the target, as they were published. */
abstract class DestinationReadBackTests extends DestinationTests {
    @Test
    final void whatWasWrittenIsReadBack() {
        for (WriteMode mode : writeModes()) {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, mode);
            write(destination, spec, batch(1, 20), batch(21, 30));
            Rows.assertSame("read back after " + mode.mode(), rows(1, 30), readBack(destination, spec));
        }
    }

    @Test
    final void whatWasReplacedIsNotReadBackAndWhatIsNotPublishedIsNotYet() {
        need(overwrite());
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, overwrite());
        write(destination, spec, batch(1, 20));
        TargetSpec next = run(spec, 2, 2);
        try (TargetRun run = TargetRun.open(destination, next)) {
            run.split("only", batch(5, 9));
            Rows.assertSame("before it is published", rows(1, 20), readBack(destination, spec));
            run.publish(END);
        }
        Rows.assertSame("after it is published", rows(5, 9), readBack(destination, next));
    }

    private static List<Row> readBack(Destination destination, TargetSpec spec) {
        try (ReadBack back = destination.readBack(spec)) {
            List<CatalogStream> found = back.source()
                    .discover(new DiscoverScope.Only(Set.of(back.stream())))
                    .streams();
            assertThat(found).extracting(CatalogStream::id).containsExactly(back.stream());
            Schema stored = found.getFirst().schema();
            List<Field> columns = destination.plan(spec).columns().stream()
                    .map(ColumnPlan::column)
                    .map(name -> stored.field(stored.indexOf(name).orElseThrow()))
                    .toList();
            StreamRead read = new StreamRead(
                    found.getFirst(), new Schema(columns), SyncMode.FULL_REFRESH, null, List.of(), false);
            try (StreamReading reading = StreamReading.begin(back.source(), read, new ReadStart.Beginning())) {
                return reading.readAll().rows();
            }
        } catch (ProblemException failure) {
            Assumptions.assumeFalse(
                    failure.problem().code().equals("E_READ_BACK_UNSUPPORTED"), "the destination only writes");
            throw failure;
        }
    }
}
