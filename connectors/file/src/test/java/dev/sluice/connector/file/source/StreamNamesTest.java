package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stream is called after its path. */
class StreamNamesTest {
    @ParameterizedTest
    @CsvSource({
        "data/orders.csv.gz, orders",
        "data/orders-*.csv, orders",
        "data/2024-??/orders_[0-9].jsonl, orders",
        "orders/*.parquet, orders",
        "orders/**/*, orders",
        "'orders/*.{csv,tsv}', orders",
        "*.csv, files",
        "-, stdin",
        "https://example.com/a/Orders%202024.csv?sig=secret#x, Orders%202024",
        "https://example.com/, example.com",
        "https://example.com/*/orders.v2.csv, orders.v2",
        "C:\\data\\orders.csv, orders",
        ".csv, files"
    })
    void itIsTheNameOfTheFileWithoutWhatVaries(String path, String name) {
        assertThat(StreamNames.ofPath(path)).isEqualTo(name);
    }
}
