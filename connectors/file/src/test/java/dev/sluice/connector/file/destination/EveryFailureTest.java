package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.testkit.drive.CopyDriver;
import dev.sluice.testkit.drive.CopyState;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each change of the file system fails once, the first, the second, the third, until a copy goes through: each time the
 * failure is told, readers see whole rows, and the next run makes up for it.
 */
class EveryFailureTest {
    private static final int BEFORE = 8;
    private static final int AFTER = 20;

    /** A disk that is full at one change. */
    private static final class FullDisk extends Disk {
        private final AtomicInteger left;
        private volatile String failed = "";

        FullDisk(int index) {
            left = new AtomicInteger(index);
        }

        @Override
        protected void before(String change, Path file) throws IOException {
            if (left.decrementAndGet() == 0) {
                failed = change + " " + file.getFileName();
                throw new IOException("No space left on device");
            }
        }
    }

    private record Case(String format, FileReading reading, DestinationSyncMode mode, String path) {}

    @TestFactory
    Stream<DynamicTest> eachChangeFailsOnce() {
        return Stream.of(
                        new Case("csv", FileReading.CSV, DestinationSyncMode.APPEND, ""),
                        new Case("csv", FileReading.CSV, DestinationSyncMode.OVERWRITE, ""),
                        new Case("jsonl", FileReading.JSON_LINES, DestinationSyncMode.OVERWRITE, "orders.jsonl"),
                        new Case("xlsx", FileReading.EXCEL, DestinationSyncMode.OVERWRITE, "orders.xlsx"),
                        new Case("parquet", FileReading.PARQUET, DestinationSyncMode.OVERWRITE, ""))
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> {
                    int index = 1;
                    while (failsAndGoesOn(each, index)) {
                        index++;
                    }
                    assertThat(index).as("changes that failed").isGreaterThan(10);
                }));
    }

    /** Copies twice, the second time on a disk that fails; false if it did not come to the change of that number. */
    private static boolean failsAndGoesOn(Case each, int index) throws IOException {
        Path root = TemporaryFolder.make();
        try {
            Copies copies =
                    new Copies(root, Map.of("path", root + "/" + each.path(), "format", each.format()), each.mode());
            CopyState before = copies.run(BEFORE, CopyState.INITIAL, 1);
            FullDisk disk = new FullDisk(index);
            boolean failed = false;
            Destination destination = copies.destination(disk);
            CopyDriver driver = copies.driver(destination, AFTER, before);
            try {
                driver.saver(state -> {}).run();
            } catch (ProblemException full) {
                failed = true;
                assertThat(full.problem().kind()).as(disk.failed).isEqualTo(ProblemKind.RESOURCE);
                assertThat(full.problem().code()).as(disk.failed).isEqualTo("E_DISK_FULL");
            } finally {
                destination.close();
            }
            CopyState after = driver.state();
            String what = each + ", change " + index + " (" + disk.failed + ")";
            assertWhole(what, each, copies.seen(each.reading()));
            copies.run(AFTER, after, 2);
            Rows.assertSame(what, Copies.rows(1, AFTER), copies.seen(each.reading()));
            return failed;
        } finally {
            TemporaryFolder.delete(root);
        }
    }

    private static void assertWhole(String what, Case each, List<Row> seen) {
        assertThat(new HashSet<>(seen)).as(what).hasSameSizeAs(seen);
        assertThat(seen).as(what).containsAll(Copies.rows(1, BEFORE));
        if (each.mode().overwrites()) {
            assertThat(seen.size()).as(what).isIn(BEFORE, AFTER);
        }
    }
}
