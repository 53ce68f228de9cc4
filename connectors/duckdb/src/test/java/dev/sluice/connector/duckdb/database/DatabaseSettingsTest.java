package dev.sluice.connector.duckdb.database;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Settings;
import dev.sluice.spi.runtime.Config;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DuckDB gets a share of the memory that leaves room for the others of its process. */
class DatabaseSettingsTest {
    private static final ConfigSpec SPEC = ConfigSpec.of(
            "Database",
            DatabaseSettings.PATH,
            DatabaseSettings.MEMORY_LIMIT,
            DatabaseSettings.THREADS,
            DatabaseSettings.TEMP_DIRECTORY);

    @ParameterizedTest
    @CsvSource({"512,256", "1024,512", "2048,1024", "3072,1024", "4096,1024", "8192,2048", "65536,16384"})
    void takesAQuarterOfTheMachineButAGibibyteWhereThatIsAtMostHalf(long machine, long limit) {
        assertThat(DatabaseSettings.usualLimit(machine << 20)).isEqualTo(limit << 20);
    }

    @Test
    void takesWhatItIsGiven() {
        assertThat(limit(Map.of("path", "a.duckdb", "memory_limit", "3GB"))).isEqualTo("3GB");
        assertThat(limit(Map.of("path", "a.duckdb"))).matches("\\d+MiB");
    }

    private static String limit(Map<String, Object> config) {
        Settings settings = SPEC.read(Config.of(config));
        return requireNonNull(DatabaseSettings.options(settings).memoryLimit());
    }
}
