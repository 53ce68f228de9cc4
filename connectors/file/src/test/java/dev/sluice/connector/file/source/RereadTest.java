package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad records of files: read once more by themselves, and sent with a mark in the place of a bad value. */
class RereadTest {
    private static final String CSV = "id;name;price\n1;Ada;1.5\ntwo;Bob;2.5\n3;Eve;3.5;more\n4;\"Fay\nMay\";x\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aCsvRecordIsReadByTheTypesOfNowAndTheLayoutOfItsFile() throws IOException {
        Path path = Files.writeString(folder.resolve("a.csv"), CSV);
        List<RejectedRecord> rejects = rejects(path, Map.of("id", "int64", "price", "decimal(9,2)"));
        assertThat(rejects).extracting(RejectedRecord::field).containsExactly("id", null, "price");
        Files.delete(path);
        Files.writeString(path, "id,name,price\n9,Zoe,9\n"); // other files may come and go

        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("id", "string", "price", "string"))) {
            StreamRead read = SourceDriver.read(driver.stream(), driver.stream().schema());
            TestReadContext context = new TestReadContext(BatchSize.DEFAULT);

            assertThat(rows(driver.source.reread(read, rejects.get(0), context)))
                    .containsExactly(Row.of("two", "Bob", "2.5"));
            assertThat(driver.source.reread(read, rejects.get(1), context)).isNull();
            assertThat(rows(driver.source.reread(read, rejects.get(2), context)))
                    .containsExactly(Row.of("4", "Fay\nMay", "x"));
            assertThat(context.rejects()).extracting(RejectedRecord::code).containsExactly("TOO_MANY_FIELDS");
        }
    }

    @Test
    void aJsonRecordIsReadAndAMendedOneToo() throws IOException {
        Path path = Files.writeString(
                folder.resolve("a.jsonl"), "{\"id\": 1}\n{\"id\": \"two\"}\n{\"id\": 3, \"id\": 4}\n");
        List<RejectedRecord> rejects = rejects(path, Map.of("id", "int64"));
        assertThat(rejects).hasSize(2);

        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("id", "int64"))) {
            StreamRead read = SourceDriver.read(driver.stream(), driver.stream().schema());
            TestReadContext context = new TestReadContext(BatchSize.DEFAULT);
            RejectedRecord broken = mended(rejects.get(1), "{\"id\": ");

            assertThat(driver.source.reread(read, rejects.get(0), context)).isNull();
            assertThat(rows(driver.source.reread(read, mended(rejects.get(0), "{\"id\": 2}"), context)))
                    .containsExactly(Row.of("2"));
            assertThat(driver.source.reread(read, broken, context)).isNull();
            assertThat(driver.source.reread(read, broken.from("no origin"), context))
                    .isNull();
            assertThat(context.rejects())
                    .hasSize(3)
                    .allSatisfy(record -> assertThat(record.reason()).isNotBlank());
        }
    }

    private static RejectedRecord mended(RejectedRecord record, String text) {
        return new RejectedRecord(record.place(), record.code(), record.reason(), text.getBytes(StandardCharsets.UTF_8))
                .from(record.origin());
    }

    @Test
    void aBadValueBecomesNullWithAMarkWhereTheUserWantsThat() throws IOException {
        Path path = Files.writeString(folder.resolve("a.csv"), CSV);
        TestReadContext context = new TestReadContext(BatchSize.DEFAULT).annotating();
        List<RecordBatch> batches = new ArrayList<>();
        try (SourceDriver driver = SourceDriver.of(path, "types", Map.of("id", "int64", "price", "decimal(9,2)"))) {
            StreamRead read = SourceDriver.read(driver.stream(), driver.stream().schema());
            try (PlannedRead planned =
                            ((PlanResult.Planned) driver.source.plan(read, new ReadStart.Beginning())).read();
                    SplitReader reader = driver.source.open(
                            read, planned.plan(), planned.plan().splits().getFirst(), null, context)) {
                for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                    batches.add(batch);
                }
            }
        }

        assertThat(Rows.of(batches))
                .containsExactly(
                        Row.of("1", "Ada", "1.50"), Row.of(null, "Bob", "2.50"), Row.of("4", "Fay\nMay", null));
        assertThat(batches.stream().flatMap(batch -> batch.changes().stream()))
                .extracting(change -> change.row() + " " + change.field() + " " + change.change())
                .containsExactly("1 id NULLED", "2 price NULLED");
        assertThat(batches.getFirst().changes())
                .extracting(ValueChange::reason)
                .containsOnly(ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
        assertThat(context.rejects())
                .as("what is no record at all is rejected all the same")
                .extracting(RejectedRecord::code)
                .containsExactly("TOO_MANY_FIELDS");
    }

    private static List<RejectedRecord> rejects(Path path, Map<String, String> types) throws IOException {
        try (SourceDriver driver = SourceDriver.of(path, "types", types);
                StreamReading reading = driver.begin()) {
            reading.readAll();
            return reading.rejects();
        }
    }

    private static List<Row> rows(@Nullable RecordBatch batch) {
        return Rows.of(List.of(Objects.requireNonNull(batch)));
    }
}
