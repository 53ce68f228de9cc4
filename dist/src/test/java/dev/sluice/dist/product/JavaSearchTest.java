package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fault.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launchers find a Java that is new enough, also if it is not the one that the machine has as its usual one. */
class JavaSearchTest {
    @TempDir
    Path folder;

    private MakeBelieve machine;

    @BeforeEach
    void prepare() throws IOException {
        machine = MakeBelieve.in(folder);
    }

    @Test
    void theOneThatIsNamedComesFirst() throws IOException {
        Path named = machine.jdk("named", "26");
        Path home = machine.jdk("home", "25.0.2");

        assertThat(found(Map.of("SLUICE_JAVA_HOME", named.toString(), "JAVA_HOME", home.toString())))
                .isEqualTo(named.toString());
        assertThat(found(Map.of("JAVA_HOME", home.toString()))).isEqualTo(home.toString());
    }

    @Test
    void onesThatAreTooOldArePassedOver() throws IOException {
        Path old = machine.jdk("old", "17.0.15");
        Path veryOld = machine.jdk("very old", "1.8.0_392");
        Path other = machine.jdk("other", "25");

        assertThat(found(Map.of("JAVA_HOME", old.toString(), "SLUICE_JAVA_PLACES", veryOld + " " + old + " " + other)))
                .isEqualTo(other.toString());
    }

    @Test
    void theOneInThePathIsFoundThroughLinks() throws IOException {
        Path jdk = machine.jdk("jdk-25", "25.0.1");
        Path alternatives = Files.createDirectory(folder.resolve("alternatives"));
        Files.createSymbolicLink(alternatives.resolve("java"), jdk.resolve("bin/java"));
        Files.createSymbolicLink(folder.resolve("tools/java"), Path.of("../alternatives/java"));

        assertThat(Path.of(found(Map.of())).toRealPath()).isEqualTo(jdk.toRealPath());
    }

    @Test
    void oneWithoutItsReleaseFileIsAsked() throws IOException {
        Path jdk = machine.jdk("silent", "25");
        Files.delete(jdk.resolve("release"));

        assertThat(found(Map.of("JAVA_HOME", jdk.toString()))).isEqualTo(jdk.toString());
    }

    @Test
    void aJavaThatCannotCompileIsEnoughToRunButNotToBuild() throws IOException {
        Path runtime = machine.jdk("runtime", "25");
        Files.delete(runtime.resolve("bin/javac"));
        Map<String, String> variables = Map.of("JAVA_HOME", runtime.toString());

        assertThat(found(variables)).isEqualTo(runtime.toString());
        search(variables, "sluice_require_java jdk").requireExit(3);
    }

    @Test
    void whoNamesOneThatDoesNotFitIsToldSo() throws IOException {
        Path old = machine.jdk("old", "21.0.4");
        Path good = machine.jdk("good", "25");
        ChildProcess search =
                search(Map.of("SLUICE_JAVA_HOME", old.toString(), "JAVA_HOME", good.toString()), "sluice_require_java");
        search.requireExit(3);

        assertThat(String.join("\n", search.err()))
                .contains("SLUICE_JAVA_HOME=" + old + " is not a JDK 25", old + " (Java 21)")
                .doesNotContain(good.toString());
    }

    private String found(Map<String, String> variables) {
        return search(variables, "sluice_require_java").requireSuccess().out().getFirst();
    }

    private ChildProcess search(Map<String, String> variables, String call) {
        String script = "set -eu; . '" + machine.checkout().resolve("dist/src/main/sh/jdk.sh") + "'; " + call
                + "; echo \"$java_home\"";
        ChildProcess process = machine.start(folder, variables, "sh", "-c", script);
        process.awaitExit();
        return process;
    }
}
