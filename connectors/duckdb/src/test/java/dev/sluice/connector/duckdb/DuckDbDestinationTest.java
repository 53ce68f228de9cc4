package dev.sluice.connector.duckdb;

import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB keeps the contract of destinations. */
final class DuckDbDestinationTest extends DestinationContract {
    @TempDir
    static Path folder;

    @Override
    protected DestinationFixture fixture() {
        return new DuckDbPlace(folder);
    }
}
