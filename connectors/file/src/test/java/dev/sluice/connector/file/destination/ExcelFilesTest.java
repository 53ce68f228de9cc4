package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.file.ExcelReading;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workbooks as they are written: what is a number and what has to be a text, one file of many commits, the same bytes. */
class ExcelFilesTest {
    @Test
    void oneFileHoldsTheRowsOfAllCommits() throws IOException {
        try (Lake lake = new Lake()) {
            lake.with("path", lake.root + "/orders.xlsx")
                    .overwrite(Lake.batch(1, 3, "DE"), Lake.batch(4, 4, "<&>_x0041_"), Lake.batch(5, 6, "FR"));
            assertThat(lake.rows(FileReading.EXCEL, "orders.xlsx"))
                    .containsExactly(
                            Row.of("1", "DE"),
                            Row.of("2", "DE"),
                            Row.of("3", "DE"),
                            Row.of("4", "<&>_x0041_"),
                            Row.of("5", "FR"),
                            Row.of("6", "FR"));
        }
    }

    @Test
    void partsOfAFolderAreJoinedAndAppendedOnesStay() throws IOException {
        try (Lake lake = new Lake()) {
            lake.with("format", "xlsx").overwrite(Lake.batch(1, 3, "DE"), Lake.batch(4, 6, "FR"));
            assertThat(lake.files()).hasSize(1);
            lake.append(Lake.batch(7, 8, "PL"), Lake.batch(9, 9, "PL"));
            assertThat(lake.files()).hasSize(3);
            assertThat(lake.rows(FileReading.EXCEL)).hasSize(9);
        }
    }

    @Test
    void theSameRowsAreTheSameBytes() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (Lake lake = new Lake()) {
                lake.with("path", lake.root + "/orders.xlsx")
                        .overwrite(Lake.batch(1, 500, "DE"), Lake.batch(501, 900, "x"));
                files.add(Files.readAllBytes(lake.root.resolve("orders.xlsx")));
            }
        }
        assertThat(files.getFirst()).isEqualTo(files.getLast());
    }

    @Test
    void aStreamWithoutRowsHasItsColumns() throws IOException {
        try (Lake lake = new Lake()) {
            lake.with("path", lake.root + "/orders.xlsx").overwrite();
            assertThat(ExcelReading.read(lake.root.resolve("orders.xlsx")).columns())
                    .containsExactly("id", "country");
        }
    }

    @Test
    void whatNumbersWouldChangeIsText() throws IOException {
        Schema schema = Schema.of(
                new Field("id", new DataType.IntType(64)),
                new Field("large", new DataType.IntType(64)),
                new Field("price", new DataType.DecimalType(38, 2)),
                new Field("share", new DataType.FloatType(64)),
                new Field("day", new DataType.DateType()),
                new Field("at", new DataType.TimestampType(6, false)));
        RecordBatch batch = BatchMaker.batch(
                schema,
                List.of(
                        Row.of("1", "999999999999999", "1.50", "0.1", "1900-03-01", "2024-01-02T10:15:30.123456"),
                        Row.of(
                                "2",
                                "9007199254740993",
                                "12345678901234.56",
                                "NaN",
                                "1900-02-28",
                                "2079-12-31T00:00:00.000001"),
                        Row.of("3", "-1", "-0.01", "1.0E308", "9999-12-31", "1582-10-15T00:00:00")));
        try (Lake lake = new Lake()) {
            lake.with("path", lake.root + "/orders.xlsx")
                    .write(Lake.spec("orders", schema, DestinationSyncMode.OVERWRITE), batch);
            assertThat(ExcelReading.read(lake.root.resolve("orders.xlsx")).rows())
                    .extracting(row -> String.join(" ", row.values()))
                    .containsExactly(
                            "1 999999999999999 1.50 0.1 1900-03-01 2024-01-02T10:15:30.123456",
                            "2 9007199254740993 12345678901234.56 NaN 1900-02-28 2079-12-31T00:00:00.000001",
                            "3 -1 -0.01 1.0E308 9999-12-31 1582-10-15T00:00:00");
        }
    }

    @Test
    void textsThatNoCellHoldsBecomeNull() throws IOException {
        try (Lake lake = new Lake()) {
            lake.with("path", lake.root + "/orders.xlsx")
                    .overwrite(
                            Lake.batch(1, 1, "x".repeat(32_767)),
                            Lake.batch(2, 2, "\uD83D\uDE00".repeat(16_384)),
                            Lake.batch(3, 3, "ä".repeat(32_767)));
            List<Row> rows = lake.rows(FileReading.EXCEL, "orders.xlsx");
            assertThat(rows.get(0).text(1)).hasSize(32_767);
            assertThat(rows.get(1).value(1)).isNull();
            assertThat(rows.get(2).text(1)).isEqualTo("ä".repeat(32_767));
        }
    }
}
