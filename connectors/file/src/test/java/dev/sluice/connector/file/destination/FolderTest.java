package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What lies where in a folder of streams, and whose it is. */
class FolderTest {
    private final Lake lake = new Lake().with("format", "csv");

    @AfterEach
    void deleteTheLake() {
        lake.close();
    }

    private static List<Row> rows(int first, int last, String country) {
        return Rows.of(Lake.batch(first, last, country));
    }

    @Test
    void aStreamIsAFolderWithFilesThatAreNamedByTheirTime() throws IOException {
        lake.append(Lake.batch(1, 2, "DE"), Lake.batch(3, 3, "FR"));
        assertThat(lake.files())
                .hasSize(2)
                .allMatch(file -> file.matches("orders/\\d{4}_\\d\\d_\\d\\d_\\d{13}_\\d+\\.csv"));
        assertThat(TemporaryFolder.everything(lake.root.resolve(".sluice")))
                .containsExactly("orders/_lock", "orders/_manifest.json");
        Rows.assertSame(
                "appended",
                List.of(Row.of("1", "DE"), Row.of("2", "DE"), Row.of("3", "FR")),
                lake.rows(FileReading.CSV));
    }

    @Test
    void theLayoutDividesFilesByTheRun() {
        lake.with("layout", "lake/{stream}/year={year}/run {sync_id}").append(Lake.batch(1, 2, "DE"));
        lake.append(Lake.batch(3, 4, "DE"));
        assertThat(lake.files()).hasSize(2);
        assertThat(lake.files().getFirst()).matches("lake/orders/year=\\d{4}/run 1/[^/]*\\.csv");
        assertThat(lake.files().getLast()).matches("lake/orders/year=\\d{4}/run 2/[^/]*\\.csv");
    }

    @Test
    void rowsAreDividedByTheirValues() throws IOException {
        for (FileReading reading : List.of(FileReading.CSV, FileReading.PARQUET)) {
            try (Lake parted = new Lake()
                    .with("format", reading == FileReading.CSV ? "csv" : "parquet")
                    .with("partition_by", List.of("country"))) {
                parted.overwrite(BatchMaker.of(Lake.SCHEMA)
                        .row(1, "DE")
                        .row(2, "a/b=c")
                        .row(3, null)
                        .row(4, "DE")
                        .row(5, "")
                        .build());
                assertThat(parted.files()).hasSize(4);
                assertPartition(parted, reading, "country=DE", Row.of("1", "DE"), Row.of("4", "DE"));
                assertPartition(parted, reading, "country=a%2Fb%3Dc", Row.of("2", "a/b=c"));
                assertPartition(parted, reading, "country=__HIVE_DEFAULT_PARTITION__", Row.of("3", null));
                assertPartition(parted, reading, "country=", Row.of("5", ""));
            }
        }
    }

    private static void assertPartition(Lake lake, FileReading reading, String folder, Row... rows) throws IOException {
        List<String> files = lake.files().stream()
                .filter(file -> file.startsWith("orders/" + folder + "/"))
                .toList();
        assertThat(files).as(folder).hasSize(1);
        Rows.assertSame(folder, List.of(rows), lake.rows(reading, files.getFirst()));
    }

    @Test
    void fieldsThatCannotNameFoldersAreRefusedBeforeAnythingIsRead() {
        Schema schema = Schema.of(Lake.ID, new Field("doc", new DataType.JsonType()));
        TargetSpec spec = Lake.spec("orders", schema, DestinationSyncMode.APPEND);
        for (String field : List.of("doc", "nothing")) {
            try (Destination destination =
                    lake.with("partition_by", List.of(field)).open()) {
                assertThatExceptionOfType(ProblemException.class)
                        .isThrownBy(() -> destination.plan(spec))
                        .satisfies(
                                refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFIG));
            }
        }
    }

    @Test
    void aFileThatIsLargeEnoughIsFollowedByTheNextOne() throws IOException {
        for (FileReading reading : List.of(FileReading.CSV, FileReading.PARQUET)) {
            try (Lake large = new Lake()
                    .with("format", reading == FileReading.CSV ? "csv" : "parquet")
                    .with("compression", "none")
                    .with("target_file_mb", 1)) {
                List<RecordBatch> batches = new ArrayList<>();
                List<Row> expected = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    RecordBatch batch = Lake.batch(i * 1000, i * 1000 + 999, i + "-" + "x".repeat(100));
                    batches.add(batch);
                    expected.addAll(Rows.of(batch));
                }
                large.overwrite(batches.toArray(RecordBatch[]::new));
                Rows.assertSame(reading + " in several files", expected, large.rows(reading));
                if (reading == FileReading.CSV) {
                    assertThat(large.files()).hasSizeBetween(4, 12);
                }
            }
        }
    }

    @Test
    void aTargetThatIsRemovedLeavesTheFilesOfOthers() throws IOException {
        TargetSpec spec = Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.APPEND);
        lake.append(Lake.batch(1, 2, "DE"), Lake.batch(3, 3, "FR"));
        Path foreign = Files.writeString(lake.root.resolve("orders/notes.txt"), "kept");
        try (Destination destination = lake.open()) {
            assertThat(destination.remove(spec)).isTrue();
            assertThat(TemporaryFolder.everything(lake.root)).containsExactly("orders/notes.txt");
            Files.delete(foreign);
            Files.delete(lake.root.resolve("orders"));
        }
        lake.append(Lake.batch(1, 2, "DE"));
        try (Destination destination = lake.open()) {
            assertThat(destination.remove(spec)).isTrue();
        }
        assertThat(lake.root.toFile().list()).as("nothing is left").isEmpty();
    }

    /** Files that a destination did not write are not among its rows. */
    @Test
    void whatIsReadBackIsWhatTheManifestNames() throws IOException {
        lake.append(Lake.batch(1, 2, "DE"));
        Path written = lake.root.resolve(lake.files().getFirst());
        Files.copy(written, written.resolveSibling("copy.csv"));
        TargetSpec spec = Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.APPEND);
        try (Destination destination = lake.open()) {
            assertThat(readBack(destination, spec)).hasSize(2);
            Files.delete(written);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> readBack(destination, spec))
                    .satisfies(gone -> assertThat(gone.problem().where()).isEqualTo(written.toString()));
        }
    }

    private static List<Row> readBack(Destination destination, TargetSpec spec) {
        try (ReadBack back = destination.readBack(spec)) {
            CatalogStream stored = back.source()
                    .discover(new DiscoverScope.Only(Set.of(back.stream())))
                    .streams()
                    .getFirst();
            StreamRead read = new StreamRead(stored, stored.schema(), SyncMode.FULL_REFRESH, null, List.of(), false);
            try (StreamReading reading = StreamReading.begin(back.source(), read, new ReadStart.Beginning())) {
                return reading.readAll().rows();
            }
        }
    }

    /** Each commit ends a Parquet file; what is published is not as scattered. */
    @Test
    void partsOfAParquetFileAreJoinedWhenTheyReplaceTheContent() throws IOException {
        lake.with("format", "parquet")
                .overwrite(Lake.batch(1, 3, "DE"), Lake.batch(4, 4, "FR"), Lake.batch(5, 9, "NP"));
        assertThat(lake.files()).hasSize(1);
        List<Row> expected = new ArrayList<>(rows(1, 3, "DE"));
        expected.addAll(rows(4, 4, "FR"));
        expected.addAll(rows(5, 9, "NP"));
        Rows.assertSame("joined", expected, lake.rows(FileReading.PARQUET));
    }

    @Test
    void linesOfSeveralCommitsGrowIntoOneFileWhenTheyReplaceTheContent() throws IOException {
        for (String compression : List.of("none", "gzip", "zstd")) {
            lake.with("compression", compression).overwrite(Lake.batch(1, 3, "DE"), Lake.batch(4, 4, "FR"));
            assertThat(lake.files()).hasSize(1);
            assertThat(lake.files().getFirst())
                    .endsWith(
                            switch (compression) {
                                case "gzip" -> ".csv.gz";
                                case "zstd" -> ".csv.zst";
                                default -> ".csv";
                            });
            List<Row> expected = new ArrayList<>(rows(1, 3, "DE"));
            expected.addAll(rows(4, 4, "FR"));
            Rows.assertSame(compression, expected, lake.rows(FileReading.CSV));
        }
    }

    @Test
    void aStreamWithoutRowsStillHasItsColumns() throws IOException {
        lake.overwrite();
        assertThat(lake.files()).hasSize(1);
        assertThat(Files.readString(lake.root.resolve(lake.files().getFirst())))
                .isEqualTo("_airbyte_raw_id,_airbyte_extracted_at,_airbyte_meta,_airbyte_generation_id,id,country\n");
        try (Lake parquet = new Lake().with("metadata", "false").with("partition_by", "country")) {
            parquet.append();
            assertThat(parquet.files()).hasSize(1);
            var content = FileReading.PARQUET.read(
                    parquet.root.resolve(parquet.files().getFirst()), parquet.plan("orders"));
            assertThat(content.columns()).containsExactly("id", "country");
            assertThat(content.rows()).isEmpty();
        }
    }

    @Test
    void theMetadataCanBeLeftOut() throws IOException {
        lake.with("metadata", "false").append(Lake.batch(1, 1, "DE"));
        assertThat(Files.readString(lake.root.resolve(lake.files().getFirst()))).isEqualTo("id,country\n1,DE\n");
    }

    @Test
    void filesOfOthersAreNeitherTakenNorDeleted() throws IOException {
        Path folder = Files.createDirectories(lake.root.resolve("orders/2024"));
        Files.writeString(folder.resolve("old.csv"), "id\n1\n");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lake.overwrite(Lake.batch(1, 1, "DE")))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("E_TARGET_FOREIGN");
                    assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFLICT);
                    assertThat(refused.problem().fix()).contains("--take-over");
                });
        assertThat(lake.files()).containsExactly("orders/2024/old.csv");

        TargetSpec taking = Lake.ownedBy(Lake.TAKING, Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.OVERWRITE));
        for (int run = 0; run < 3; run++) {
            lake.write(taking, Lake.batch(1, 1, "DE"));
            assertThat(lake.files()).hasSize(2).contains("orders/2024/old.csv");
            assertThat(Files.readString(folder.resolve("old.csv"))).isEqualTo("id\n1\n");
        }
    }

    @Test
    void aFolderThatWasDeletedIsForgotten() {
        lake.append(Lake.batch(1, 3, "DE"));
        TargetSpec spec = Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.APPEND);
        TemporaryFolder.delete(lake.root.resolve("orders"));
        try (Destination destination = lake.open()) {
            assertThat(destination.ledger(spec)).isEmpty();
            assertThat(destination.plan(spec).action()).isEqualTo(TargetPlan.Action.CREATE);
        }
        lake.append(Lake.batch(4, 4, "DE"));
        assertThat(lake.files()).hasSize(1);
    }

    @Test
    void aLinkInThePlaceOfAFolderIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(lake.root.resolve("elsewhere"));
        Files.createSymbolicLink(lake.root.resolve("orders"), elsewhere);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lake.overwrite(Lake.batch(1, 1, "DE")))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("E_FILE_LINK"));
    }

    @Test
    void aFileInThePlaceOfAFolderIsRefused() throws IOException {
        Files.writeString(lake.root.resolve("orders"), "somebody's own");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lake.append(Lake.batch(1, 1, "DE")))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("E_FILE_NOT_DIRECTORY"));
        assertThat(Files.readString(lake.root.resolve("orders"))).isEqualTo("somebody's own");
    }

    /** Replacing the outer one would take the inner one away. */
    @Test
    void aStreamInsideAnotherIsRefused() {
        lake.append(Lake.batch(1, 1, "DE"));
        Lake inner = lake.with("layout", "orders/{stream}");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> inner.write(
                        Lake.spec("inside", Lake.SCHEMA, DestinationSyncMode.APPEND), Lake.batch(1, 1, "DE")))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("E_TARGET_NESTED"));
        assertThat(lake.files()).hasSize(1);
    }

    @Test
    void whoeverCouldReadTheOldContentCanReadTheNewOne() throws IOException {
        lake.overwrite(Lake.batch(1, 1, "DE"));
        Files.setPosixFilePermissions(lake.root.resolve("orders"), PosixFilePermissions.fromString("rwxr-x---"));
        lake.overwrite(Lake.batch(2, 2, "DE"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lake.root.resolve("orders"))))
                .isEqualTo("rwxr-x---");
    }

    /** A file system that cannot exchange two folders in one step. */
    private static class PlainDisk extends Disk {
        @Override
        public boolean exchange(Path one, Path other) {
            return false;
        }
    }

    @Test
    void withoutAnExchangeOfFoldersTheContentIsReplacedInTwoSteps() throws IOException {
        lake.on(new PlainDisk()).overwrite(Lake.batch(1, 3, "DE"));
        lake.overwrite(Lake.batch(4, 5, "DE"));
        Rows.assertSame("replaced in two steps", rows(4, 5, "DE"), lake.rows(FileReading.CSV));
        assertThat(TemporaryFolder.everything(lake.root.resolve(".sluice")))
                .containsExactly("orders/_lock", "orders/_manifest.json");
    }

    @Test
    void aReplacementThatStopsBetweenTheTwoStepsIsTakenBack() throws IOException {
        lake.overwrite(Lake.batch(1, 3, "DE"));
        lake.on(new PlainDisk() {
            @Override
            protected void before(String change, Path file) throws IOException {
                if (change.equals("move") && file.endsWith("orders") && !Files.exists(file)) {
                    throw new IOException("the machine stops here");
                }
            }
        });
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> lake.overwrite(Lake.batch(4, 5, "DE")));
        assertThat(lake.files()).isEmpty();
        TargetSpec spec = Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.OVERWRITE);
        lake.on(new Disk());
        try (Destination destination = lake.open()) {
            assertThat(destination.ledger(spec).orElseThrow().published()).isFalse();
            try (Target target = destination.open(lake.run(spec))) {
                assertThat(target).isNotNull();
                Rows.assertSame("the old content is back", rows(1, 3, "DE"), lake.rows(FileReading.CSV));
            }
        }
    }

    @Test
    void aDamagedManifestStopsEverything() throws IOException {
        lake.append(Lake.batch(1, 3, "DE"));
        Path manifest = lake.root.resolve(".sluice/orders/_manifest.json");
        String whole = Files.readString(manifest);
        List<String> damaged = List.of(
                whole.substring(0, whole.length() / 2),
                "",
                "[]",
                whole.replace("\"format\":1", "\"format\":2"),
                whole.replace("[[\"20", "[[\"../../20"),
                whole.replace("[[\"20", "[[\"/20"));
        for (String text : damaged) {
            assertThat(text).isNotEqualTo(whole);
            Files.writeString(manifest, text);
            assertThatExceptionOfType(ProblemException.class)
                    .as(text)
                    .isThrownBy(() -> lake.append(Lake.batch(4, 4, "DE")))
                    .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("E_MANIFEST_DAMAGED"));
        }
        Files.writeString(manifest, whole);
        Rows.assertSame("nothing was touched", rows(1, 3, "DE"), lake.rows(FileReading.CSV));
    }

    /** A network file system may let two runs have the lock; the one that lost commits nothing. */
    @Test
    void aRunWhoseManifestWasReplacedCommitsNothing() throws IOException {
        TargetSpec spec = Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.APPEND);
        Path manifest = lake.root.resolve(".sluice/orders/_manifest.json");
        try (Destination destination = lake.open();
                var run = TargetRun.open(destination, lake.run(spec))) {
            run.commit("a", null, Lake.batch(1, 1, "DE"));
            String mine = Files.readString(manifest);
            Files.writeString(manifest, mine.replaceFirst("\"fence\":\\d+", "\"fence\":9999999999999"));
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> run.commit("b", null, Lake.batch(2, 2, "DE")))
                    .satisfies(refused -> {
                        assertThat(refused.problem().code()).isEqualTo("E_FENCED");
                        assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFLICT);
                    });
        }
        Rows.assertSame("what was committed before", rows(1, 1, "DE"), lake.rows(FileReading.CSV));
    }
}
