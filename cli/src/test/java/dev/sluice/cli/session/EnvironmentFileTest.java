package dev.sluice.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFileTest {
    @TempDir
    Path directory;

    @Test
    void readsNamesAndValues() throws IOException {
        Path file = write("# comment", "", "A=1", "export B = two words ", "C='quoted # = x'", "D=\"\"", "E=a=b");

        assertThat(EnvironmentFile.merged(file, Map.of()))
                .isEqualTo(Map.of("A", "1", "B", "two words", "C", "quoted # = x", "D", "", "E", "a=b"));
    }

    @Test
    void letsTheEnvironmentGoFirst() throws IOException {
        assertThat(EnvironmentFile.merged(write("A=file", "B=file"), Map.of("A", "shell")))
                .isEqualTo(Map.of("A", "shell", "B", "file"));
    }

    @Test
    void namesTheLineThatIsWrongAndNotItsContent() throws IOException {
        Path file = write("A=1", "hunter22");
        assertThatThrownBy(() -> EnvironmentFile.merged(file, Map.of()))
                .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                    assertThat(thrown.problem().where()).isEqualTo(file + ":2");
                    assertThat(thrown.problem().toString()).doesNotContain("hunter22");
                });
    }

    private Path write(String... lines) throws IOException {
        return Files.write(directory.resolve("vars.env"), List.of(lines));
    }
}
