package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.runtime.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The addresses of one-line commands. */
class FileUriTest {
    private static Map<String, ?> to(String uri) {
        return FileUri.ofDestination(uri).map(Config::values).orElse(Map.of());
    }

    @Test
    void filesAndFoldersAreDestinations(@TempDir Path directory) throws Exception {
        assertThat(to("out.csv")).isEqualTo(Map.of("path", "out.csv"));
        assertThat(to("./data/out.jsonl.zst")).isEqualTo(Map.of("path", "./data/out.jsonl.zst"));
        assertThat(to("out.parquet")).isEqualTo(Map.of("path", "out.parquet"));
        assertThat(to("./out/")).isEqualTo(Map.of("path", "./out/"));
        assertThat(to("/data/lake/")).isEqualTo(Map.of("path", "/data/lake/"));
        assertThat(to("-")).isEqualTo(Map.of("path", "-"));
        Path folder = Files.createDirectory(directory.resolve("lake"));
        assertThat(to(folder.toString())).isEqualTo(Map.of("path", folder.toString()));
    }

    @Test
    void addressesWithASchemeTakeOptions() {
        assertThat(to("file:///data/lake/?format=csv&compression=gzip"))
                .isEqualTo(Map.of("path", "/data/lake/", "format", "csv", "compression", "gzip"));
        assertThat(to("file:out?partition_by=country&layout=%7Bstream%7D"))
                .isEqualTo(Map.of("path", "out", "partition_by", "country", "layout", "{stream}"));
        assertThat(to("file:-?format=csv&delimiter=tab"))
                .isEqualTo(Map.of("path", "-", "format", "csv", "delimiter", "tab"));
    }

    @Test
    void whatIsNoFileIsForOthers() {
        for (String uri : new String[] {
            "postgres://db/shop", "duckdb:///shop.db", "https://example.com/x.csv", "shop.db", "orders", "no/such/folder"
        }) {
            assertThat(FileUri.ofDestination(uri)).as(uri).isEqualTo(Optional.empty());
        }
    }
}
