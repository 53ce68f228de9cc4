package dev.sluice.connector.duckdb;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB keeps the contract of sources. */
final class DuckDbSourceTest extends SourceContract {
    @TempDir
    static Path folder;

    @Override
    protected SourceFixture fixture() {
        return new DuckDbFixture(folder);
    }
}
