package dev.sluice.server.clients;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python SDK of the public API. */
@Tag("clients")
class PythonSdkTest {
    @TempDir
    Path directory;

    @Test
    void setsUpRunsAndCancels() throws IOException, InterruptedException {
        try (ClientHouse house = new ClientHouse(directory)) {
            house.play("python_sdk.py", "airbyte-api==0.53.0");
        }
    }
}
