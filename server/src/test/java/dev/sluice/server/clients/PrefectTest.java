package dev.sluice.server.clients;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks, flows and tasks of Prefect, which speak older calls with a password. */
@Tag("clients")
class PrefectTest {
    @TempDir
    Path directory;

    @Test
    void blocksTriggerWaitAndSayWhatHappened() throws IOException, InterruptedException {
        try (ClientHouse house = new ClientHouse(directory).furnished()) {
            house.play("prefect_blocks.py", "prefect-airbyte==0.3.2", "prefect==2.20.27");
        }
    }
}
