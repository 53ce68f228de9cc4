package dev.sluice.connector.sqlite;

import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.host.QuickFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps the contract of destinations. */
final class SqliteDestinationTest extends DestinationContract {
    @TempDir(factory = QuickFolder.class)
    static Path folder;

    @Override
    protected DestinationFixture fixture() {
        return new SqlitePlace(folder);
    }
}
