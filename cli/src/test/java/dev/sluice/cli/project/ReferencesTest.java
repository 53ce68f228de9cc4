package dev.sluice.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    private static final Place HERE = new Place("shop.yaml", 7, 3);

    @TempDir
    Path directory;

    private final List<String> secrets = new ArrayList<>();

    @Test
    void resolvesVariablesInsideText() {
        assertThat(resolve("${USER}@${env:HOST}:${PORT:-5432}/${EMPTY:-x}")).isEqualTo("ann@db:5432/x");
        assertThat(secrets).containsExactly("ann", "db");
    }

    @Test
    void takesAnEmptyVariableThatHasNoDefault() {
        assertThat(resolve("[${EMPTY}]")).isEqualTo("[]");
    }

    @Test
    void leavesEscapedReferencesAlone() {
        assertThat(resolve("a$${USER}b $5 $ {x}")).isEqualTo("a${USER}b $5 $ {x}");
    }

    @Test
    void readsFilesBesideTheProject() throws IOException {
        Files.writeString(directory.resolve("pw.txt"), "s3cret-value\n");
        assertThat(resolve("${file:pw.txt}")).isEqualTo("s3cret-value");
        assertThat(secrets).containsExactly("s3cret-value");
    }

    @Test
    void doesNotBlotOutWhatTellsNothing() {
        assertThat(resolve("${SMALL}")).isEqualTo("5432");
        assertThat(secrets).isEmpty();
    }

    @Test
    void explainsReferencesThatCannotBeResolved() {
        assertThat(ProjectTest.problemOf(() -> resolve("x ${NOPE} y")).toString())
                .contains("NOPE", "shop.yaml:7:3");
        assertThat(ProjectTest.problemOf(() -> resolve("${USER")).message()).contains("not closed");
        assertThat(ProjectTest.problemOf(() -> resolve("${no such}")).message()).contains("not a reference");
        assertThat(ProjectTest.problemOf(() -> resolve("${file:none}")).why()).isEqualTo("it does not exist");
    }

    private String resolve(String text) {
        Map<String, String> variables = Map.of("USER", "ann", "HOST", "db", "EMPTY", "", "SMALL", "5432");
        return new References(variables, directory, secrets::add).resolve(text, HERE);
    }
}
