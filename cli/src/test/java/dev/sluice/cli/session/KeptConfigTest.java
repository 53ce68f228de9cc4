package dev.sluice.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connector makes of its own configuration: it is there for the next run, and for nobody else. */
class KeptConfigTest {
    private static final Config GIVEN = Config.of(Map.of("token", "first"));
    private static final Config RENEWED = Config.of(Map.of("token", "canary-second", "limit", "5"));

    @TempDir
    Path folder;

    private KeptConfig kept(Config given) {
        return new KeptConfig(folder.resolve("state").resolve("p.source-s.config.json"), given);
    }

    @Test
    void aRenewedTokenIsThereForTheNextRun() throws IOException {
        assertThat(kept(GIVEN).config().values()).isEqualTo(GIVEN.values());
        kept(GIVEN).keep(RENEWED);
        kept(GIVEN).keep(RENEWED);
        assertThat(kept(GIVEN).config().values()).isEqualTo(RENEWED.values());
        Path file = folder.resolve("state").resolve("p.source-s.config.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder.resolve("state"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aConfigurationThatTheUserChangesCountsAgain() {
        kept(GIVEN).keep(RENEWED);
        Config changed = Config.of(Map.of("token", "third"));
        assertThat(kept(changed).config().values()).isEqualTo(changed.values());
    }

    @Test
    void aDamagedFileIsToldWithoutWhatIsInIt() throws IOException {
        kept(GIVEN).keep(RENEWED);
        Path file = folder.resolve("state").resolve("p.source-s.config.json");
        Files.writeString(file, "{\"config\": canary-second");
        KeptConfig kept = kept(GIVEN);
        assertThatThrownBy(kept::config).isInstanceOfSatisfying(ProblemException.class, damaged -> {
            assertThat(damaged.problem().code()).isEqualTo("E_CONFIG_KEPT");
            assertThat(damaged.problem().toString()).doesNotContain("canary");
            assertThat(damaged).hasNoCause();
        });
    }
}
