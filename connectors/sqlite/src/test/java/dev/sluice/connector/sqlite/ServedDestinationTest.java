package dev.sluice.connector.sqlite;

import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.RowsContract;
import dev.sluice.testkit.host.QuickFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A destination of ours keeps what holds for the rows of every destination when it is served as a program of the Airbyte protocol and run as one. */
final class ServedDestinationTest extends RowsContract {
    @TempDir(factory = QuickFolder.class)
    static Path folder;

    @Override
    protected DestinationFixture fixture() {
        return new ServedPlace(folder);
    }
}
