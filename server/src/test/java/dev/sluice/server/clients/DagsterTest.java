package dev.sluice.server.clients;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Dagster has for Airbyte: the workspace of today, and the resource of older projects. */
@Tag("clients")
class DagsterTest {
    @TempDir
    Path directory;

    @Test
    void assetsAreMaterialisedAndRunsCancelled() throws IOException, InterruptedException {
        try (ClientHouse house = new ClientHouse(directory).furnished()) {
            house.play("dagster_library.py", "dagster-airbyte==0.29.27", "dagster==1.13.27");
        }
    }
}
