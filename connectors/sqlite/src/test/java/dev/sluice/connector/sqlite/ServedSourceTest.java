package dev.sluice.connector.sqlite;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.host.QuickFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A source of ours keeps the contract of sources when it is served as a program of the Airbyte protocol and run as one. */
final class ServedSourceTest extends SourceContract {
    @TempDir(factory = QuickFolder.class)
    static Path folder;

    @Override
    protected SourceFixture fixture() {
        return new ServedFixture(folder);
    }
}
