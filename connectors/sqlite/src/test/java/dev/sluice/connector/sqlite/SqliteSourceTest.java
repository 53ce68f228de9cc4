package dev.sluice.connector.sqlite;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.host.QuickFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps the contract of sources. */
final class SqliteSourceTest extends SourceContract {
    @TempDir(factory = QuickFolder.class)
    static Path folder;

    @Override
    protected SourceFixture fixture() {
        return new SqliteFixture(folder);
    }
}
