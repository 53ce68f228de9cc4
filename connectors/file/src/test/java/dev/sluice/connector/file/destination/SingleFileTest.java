package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.connector.file.input.Compression;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One stream in one file: what a user expects who writes {@code --to out.csv}. */
class SingleFileTest {
    private final Lake lake = new Lake();

    @AfterEach
    void deleteTheLake() {
        lake.close();
    }

    private Path file(String name) {
        Path file = lake.root.resolve(name);
        lake.with("path", file.toString());
        return file;
    }

    @Test
    void theFileHoldsTheRowsInTheirOrderAndNothingElse() throws IOException {
        Path csv = file("out.csv");
        lake.overwrite(Lake.batch(1, 2, "DE"), Lake.batch(3, 3, "FR"));
        assertThat(Files.readString(csv)).isEqualTo("id,country\n1,DE\n2,DE\n3,FR\n");
        Path json = file("out.jsonl");
        lake.overwrite(Lake.batch(1, 1, "DE"));
        assertThat(Files.readString(json)).isEqualTo("{\"id\":1,\"country\":\"DE\"}\n");
        Path tabs = file("out.tsv");
        lake.overwrite(Lake.batch(1, 1, "DE"));
        assertThat(Files.readString(tabs)).isEqualTo("id\tcountry\n1\tDE\n");
        assertThat(lake.files()).containsExactly("out.csv", "out.jsonl", "out.tsv");
    }

    @Test
    void theNameSaysHowItIsCompressed() throws IOException {
        for (String name : List.of("out.csv.gz", "out.csv.zst")) {
            Path file = file(name);
            lake.overwrite(Lake.batch(1, 1, "DE"), Lake.batch(2, 2, "FR"));
            assertThat(Compression.of(Files.readAllBytes(file), 4)).isNotEqualTo(Compression.NONE);
            assertThat(FileReading.text(file)).isEqualTo("id,country\n1,DE\n2,FR\n");
        }
    }

    @Test
    void theNextRunReplacesIt() throws IOException {
        Path csv = file("out.csv");
        lake.overwrite(Lake.batch(1, 5, "DE"));
        lake.overwrite(Lake.batch(7, 7, "FR"));
        assertThat(Files.readString(csv)).isEqualTo("id,country\n7,FR\n");
        lake.overwrite();
        assertThat(Files.readString(csv)).isEqualTo("id,country\n");
    }

    @Test
    void partsOfAParquetFileAreJoined() throws IOException {
        file("out.parquet");
        List<Row> expected = new ArrayList<>();
        List<RecordBatch> batches = new ArrayList<>();
        for (int part = 0; part < 20; part++) {
            var batch = Lake.batch(part * 100, part * 100 + part, "country " + part);
            batches.add(batch);
            expected.addAll(Rows.of(batch));
        }
        lake.overwrite(batches.toArray(RecordBatch[]::new));
        assertThat(lake.files()).containsExactly("out.parquet");
        assertThat(lake.rows(FileReading.PARQUET, "out.parquet")).isEqualTo(expected);
    }

    /** The header stands in the first part, wherever the run was interrupted. */
    @Test
    void anInterruptedRunGoesOnInTheSameFile() throws IOException {
        for (String name : List.of("out.csv", "out.csv.gz")) {
            Path csv = file(name);
            var spec = lake.run(Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.OVERWRITE));
            try (Destination destination = lake.open();
                    TargetRun run = TargetRun.open(destination, spec)) {
                run.commit("a", "2", Lake.batch(1, 2, "DE"));
                try (var writer = run.target().writer(new TestWriteContext())) {
                    writer.write(Lake.batch(90, 99, "lost"));
                }
            }
            assertThat(csv).doesNotExist();
            try (Destination destination = lake.open();
                    TargetRun run = TargetRun.goOn(
                            destination,
                            spec,
                            destination.ledger(spec).orElseThrow().splits())) {
                run.split("a", Lake.batch(3, 3, "FR"))
                        .split("b", Lake.batch(4, 4, "NP"))
                        .publish(null);
            }
            assertThat(FileReading.text(csv)).isEqualTo("id,country\n1,DE\n2,DE\n3,FR\n4,NP\n");
        }
    }

    @Test
    void aFileOfSomebodyElseIsNotReplacedUnlessItIsAllowed() throws IOException {
        Path csv = file("out.csv");
        Files.writeString(csv, "precious");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lake.overwrite(Lake.batch(1, 1, "DE")))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("E_TARGET_FOREIGN");
                    assertThat(refused.problem().fix()).contains("--take-over");
                });
        assertThat(Files.readString(csv)).isEqualTo("precious");
        lake.write(
                Lake.ownedBy(Lake.TAKING, Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.OVERWRITE)),
                Lake.batch(1, 1, "DE"));
        assertThat(Files.readString(csv)).isEqualTo("id,country\n1,DE\n");
    }

    @Test
    void onlyAWholeCopyGoesIntoOneFile() {
        file("out.csv");
        try (Destination destination = lake.open()) {
            assertThat(destination.traits().modes()).containsExactly(DestinationSyncMode.OVERWRITE);
            assertThat(destination.traits().namespaces()).isFalse();
            assertThat(destination.traits().maxWriters()).isEqualTo(1);
            var append = Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.APPEND);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> destination.open(append))
                    .satisfies(refused -> {
                        assertThat(refused.problem().code()).isEqualTo("E_MODE_UNSUPPORTED");
                        assertThat(refused.problem().fix()).contains("folder");
                    });
        }
    }

    @Test
    void twoStreamsGoToOnePlaceWhichThePlanShows() {
        Path csv = file("out.csv");
        assertThat(lake.plan("orders").location()).isEqualTo(csv.toString());
        assertThat(lake.plan("customers").location()).isEqualTo(csv.toString());
    }

    @Test
    void nothingIsThereBeforeTheRunIsPublished() throws IOException {
        Path csv = file("out.csv");
        try (Destination destination = lake.open();
                Target target =
                        destination.open(lake.run(Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.OVERWRITE)))) {
            assertThat(target).isNotNull();
            assertThat(csv).doesNotExist();
        }
        assertThat(csv).doesNotExist();
    }

    @Test
    void aFolderThatLacksIsMade() throws IOException {
        Path csv = file("deep/below/out.csv");
        lake.overwrite(Lake.batch(1, 1, "DE"));
        assertThat(csv).exists();
        file("deep/below/out.csv/no.csv");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lake.overwrite(Lake.batch(1, 1, "DE")))
                .satisfies(refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFIG));
    }
}
