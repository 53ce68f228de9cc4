package dev.sluice.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A destination that a file beside the project defines. */
class DestinationFileTest {
    @TempDir
    Path directory;

    @Test
    void itIsCalledAsItsFileOrItsFolder() throws IOException {
        Files.createDirectories(directory.resolve("crm"));
        Files.writeString(directory.resolve("crm/destination.yaml"), """
            requester: {url_base: "https://example.com"}
            objects:
              - name: people
                additional_fields: true
                operations: {insert: {requester: {path: /people, http_method: POST}}}
            """);
        DestinationConnector connector = ManifestFile.destination("crm/destination.yaml", directory);
        assertThat(connector.name()).isEqualTo("destination:crm");
    }

    @Test
    void oneThatIsMissingOrWrongIsToldWithItsPlace() throws IOException {
        assertThatThrownBy(() -> ManifestFile.destination("none.yaml", directory))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be read");
        Files.writeString(directory.resolve("bad.yaml"), "requester: {url_base: x}\nobjekts: []\n");
        assertThatThrownBy(() -> ManifestFile.destination("bad.yaml", directory))
                .isInstanceOfSatisfying(ProblemException.class, wrong -> {
                    assertThat(wrong.problem().where()).isEqualTo("bad.yaml");
                    assertThat(wrong.problem().why()).contains("`objekts` is not known, did you mean `objects`?");
                });
    }
}
