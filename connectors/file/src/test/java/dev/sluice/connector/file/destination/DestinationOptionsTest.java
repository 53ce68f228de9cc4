package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration comes to, and which ones make no sense. */
class DestinationOptionsTest {
    private static DestinationSettings read(String path, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("path", path);
        return DestinationOptions.read(Config.of(config));
    }

    private static DestinationSettings read(String path) {
        return read(path, Map.of());
    }

    @Test
    void aFolderGetsParquetWithMetadata() {
        DestinationSettings settings = read("/data/lake/");
        assertThat(settings.path()).isEqualTo(Path.of("/data/lake"));
        assertThat(settings.isFile()).isFalse();
        assertThat(settings.metadata()).isTrue();
        assertThat(settings.encoding().format()).isEqualTo(FileFormat.PARQUET);
        assertThat(settings.encoding().compression()).isEqualTo("snappy");
        assertThat(read("/data/lake").isFile()).isFalse();
    }

    @Test
    void theNameOfAFileSaysWhatItIs() {
        assertFile("out.csv", FileFormat.CSV, "none", ',');
        assertFile("out.csv.gz", FileFormat.CSV, "gzip", ',');
        assertFile("OUT.CSV.ZST", FileFormat.CSV, "zstd", ',');
        assertFile("out.tsv", FileFormat.CSV, "none", '\t');
        assertFile("out.psv", FileFormat.CSV, "none", '|');
        assertFile("out.jsonl", FileFormat.JSON_LINES, "none", ',');
        assertFile("out.ndjson.gz", FileFormat.JSON_LINES, "gzip", ',');
        assertFile("out.parquet", FileFormat.PARQUET, "snappy", ',');
    }

    private static void assertFile(String name, FileFormat format, String compression, char delimiter) {
        DestinationSettings settings = read("/data/" + name);
        assertThat(settings.isFile()).as(name).isTrue();
        assertThat(settings.metadata()).as(name).isFalse();
        assertThat(settings.encoding())
                .as(name)
                .isEqualTo(new DestinationSettings.Encoding(format, compression, delimiter, true));
    }

    @Test
    void aFolderMayBeCalledLikeAFile(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("archive.csv"));
        assertThat(read(folder.toString()).isFile()).isFalse();
        assertThat(read("/data/archive.csv/").isFile()).isFalse();
    }

    @Test
    void standardOutputGetsLines() {
        DestinationSettings settings = read("-");
        assertThat(settings.path()).isNull();
        assertThat(settings.metadata()).isFalse();
        assertThat(settings.encoding().format()).isEqualTo(FileFormat.JSON_LINES);
        assertThat(read("-", Map.of("format", "csv")).encoding().format()).isEqualTo(FileFormat.CSV);
    }

    @Test
    void optionsGoBeforeWhatNamesSay() {
        DestinationSettings settings = read(
                "/data/lake/",
                Map.of(
                        "format", "csv",
                        "compression", "zstd",
                        "delimiter", "tab",
                        "header", "false",
                        "metadata", "false",
                        "target_file_mb", "2",
                        "partition_by", "country"));
        assertThat(settings.encoding())
                .isEqualTo(new DestinationSettings.Encoding(FileFormat.CSV, "zstd", '\t', false));
        assertThat(settings.metadata()).isFalse();
        assertThat(settings.dividing().targetBytes()).isEqualTo(2L << 20);
        assertThat(settings.dividing().partitionBy()).containsExactly("country");
    }

    /** A path with an option that does not go with it, and the option that is to blame. */
    private record Nonsense(String path, String option, Object value, String blamed) {}

    @Test
    void whatMakesNoSenseIsRefused() {
        for (Nonsense each : List.of(
                new Nonsense("/data/out.json", "format", "auto", "path"),
                new Nonsense("-", "format", "parquet", "format"),
                new Nonsense("/data/lake/", "compression", "brotli", "compression"),
                new Nonsense("/data/out.csv", "compression", "gzip", "compression"),
                new Nonsense("/data/out.csv", "compression", "snappy", "compression"),
                new Nonsense("/data/out.csv", "partition_by", "country", "partition_by"),
                new Nonsense("/data/lake/", "layout", "fixed", "layout"),
                new Nonsense("/data/lake/", "target_file_mb", 0, "target_file_mb"),
                new Nonsense("/data/lake/", "no_such_option", 1, "no_such_option"),
                new Nonsense(" ", "format", "auto", "path"))) {
            assertThatExceptionOfType(ProblemException.class)
                    .as(each.toString())
                    .isThrownBy(() -> read(each.path(), Map.of(each.option(), each.value())))
                    .satisfies(refused -> {
                        assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFIG);
                        assertThat(refused.problem().where()).contains(each.blamed());
                    });
        }
    }

    @Test
    void delimitersThatValuesHoldAreRefused() {
        for (String delimiter : List.of("a", "5", "\"", ".", ":", "-", "ab")) {
            assertThatExceptionOfType(ProblemException.class)
                    .as(delimiter)
                    .isThrownBy(() -> read("/data/out.csv", Map.of("delimiter", delimiter))
                            .encoding()
                            .target(true))
                    .satisfies(refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFIG));
        }
    }

    @Test
    void theSpecIsAForm() {
        assertThat(DestinationOptions.SPEC.jsonSchema())
                .contains(
                        "\"path\"", "\"format\":\"path\"", "\"partition_by\"", "\"layout\"", "\"required\":[\"path\"]");
    }
}
