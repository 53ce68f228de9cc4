package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of files in one-line commands. */
class FileUriTest {
    private static Map<String, ?> to(String uri) {
        return FileUri.ofDestination(uri).map(Config::values).orElse(Map.of());
    }

    @Test
    void filesAndFoldersAreDestinations(@TempDir Path directory) throws Exception {
        assertThat(to("out.csv")).isEqualTo(Map.of("path", "out.csv"));
        assertThat(to("./data/out.jsonl.zst")).isEqualTo(Map.of("path", "./data/out.jsonl.zst"));
        assertThat(to("out.parquet")).isEqualTo(Map.of("path", "out.parquet"));
        assertThat(to("out.avro")).isEqualTo(Map.of("path", "out.avro"));
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
    void addressesOfStoresTakeOptionsButNoSecrets() {
        assertThat(to("s3://lake/shop/")).isEqualTo(Map.of("path", "s3://lake/shop/"));
        assertThat(source("s3://lake/a?.csv?s3_region=eu-west-1"))
                .isEqualTo(Map.of("path", "s3://lake/a?.csv", "s3_region", "eu-west-1"));
        assertThat(to("SFTP://ann@host/shop/?format=csv"))
                .isEqualTo(Map.of("path", "SFTP://ann@host/shop/", "format", "csv"));
        assertThatThrownBy(() -> source("sftp://ann@host/a.csv?sftp_password=hidden"))
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> source("s3://lake/a.csv?s3_secret_access_key=hidden"))
                .hasMessageContaining("secret")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void whatIsNoFileIsForOthers() {
        for (String uri : new String[] {
            "postgres://db/shop",
            "duckdb:///shop.db",
            "https://example.com/x.csv",
            "shop.db",
            "orders",
            "no/such/folder"
        }) {
            assertThat(FileUri.ofDestination(uri)).as(uri).isEqualTo(Optional.empty());
        }
    }

    private static Map<String, ?> source(String uri) {
        return FileUri.ofSource(uri).map(Config::values).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders.csv",
                "data/ORDERS.CSV.GZ",
                "data/*.jsonl.zst",
                "/tmp/a b.parquet",
                "orders.avro",
                "-",
                "https://example.com/any/thing?x=1",
                "HTTP://example.com/"
            })
    void pathsWithAKnownExtensionAndWebAddressesAreOurs(String uri) {
        assertThat(source(uri)).isEqualTo(Map.of("path", uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://a@b/c", "duckdb:shop.db", "orders.txt", "shop.db", "", "s4://bucket/a.csv"})
    void otherAddressesAreNot(String uri) {
        assertThat(FileUri.ofSource(uri)).isEqualTo(Optional.empty());
    }

    @Test
    void anyPathMayFollowTheScheme() {
        assertThat(source("file:data/orders.txt")).isEqualTo(Map.of("path", "data/orders.txt"));
        assertThat(source("file:///data/orders.txt")).isEqualTo(Map.of("path", "/data/orders.txt"));
        assertThat(source("FILE:/data/a?.txt")).isEqualTo(Map.of("path", "/data/a?.txt"));
    }

    @Test
    void optionsMayFollowThePath() {
        assertThat(source("file:a?.txt?format=csv&delimiter=%7C&quote=+&null_values="))
                .isEqualTo(
                        Map.of("path", "a?.txt", "format", "csv", "delimiter", "|", "quote", "+", "null_values", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:a.csv?delimiter=%zz", "file:a.csv?header=true&header=false", "file:a.csv?=x"})
    void malformedOptionsAreTold(String uri) {
        assertThatThrownBy(() -> FileUri.ofSource(uri)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aDirectoryIsADestination() {
        assertThat(FileUri.ofDestination("out/").map(Config::values)).contains(Map.of("path", "out/"));
        assertThat(FileUri.ofSource("out/")).isEmpty();
    }
}
