package dev.sluice.connector.duckdb;

import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.testkit.contract.ChecksumContract;
import dev.sluice.testkit.contract.SourceFixture;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB sums rows as the definition says. */
final class DuckChecksumTest extends ChecksumContract {
    @TempDir
    static Path folder;

    @Override
    protected SourceFixture fixture() {
        return new DuckDbFixture(folder);
    }

    @Override
    protected Set<ChecksumForm> lacks() {
        return Set.of(ChecksumForm.SINGLE, ChecksumForm.DOUBLE);
    }
}
