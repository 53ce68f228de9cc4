package dev.sluice.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that no registry of packages has: what they send in their order, and what they demand of each answer. */
@Tag("clients")
class ReplayedClientsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"terraform.json", "kestra.json"})
    void eachRequestIsAnsweredAsTheClientDemands(String client) throws IOException {
        try (ClientHouse house = new ClientHouse(directory).furnished();
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(new Replay(house, http).play(client)).isGreaterThan(10);
        }
    }
}
