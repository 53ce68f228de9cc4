package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The product is put together last, also where several modules are built at the same time. */
class ReactorTest {
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(sluice-[a-z-]+)</artifactId>");

    @Test
    void eachModuleIsSomethingThatTheProductStandsOn() {
        List<Path> modules = Checkout.files().stream()
                .filter(file -> file.endsWith("pom.xml") && file.getNameCount() > 1)
                .filter(file -> Files.isDirectory(Checkout.root().resolve(file).resolveSibling("src")))
                .toList();
        List<String> dependedOn = modules.stream()
                .flatMap(module -> dependencies(module).stream())
                .toList();

        assertThat(modules)
                .hasSizeGreaterThan(15)
                .filteredOn(module -> !module.startsWith("dist"))
                .extracting(ReactorTest::name)
                .as("a module that nobody depends on may be built after the product: name it in dist/pom.xml,"
                        + " beside the others that maven-antrun-plugin waits for")
                .isSubsetOf(dependedOn);
    }

    private static String name(Path module) {
        return artifacts(module).stream()
                .filter(artifact -> !artifact.equals("sluice-connectors"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> dependencies(Path module) {
        String own = name(module);
        return artifacts(module).stream()
                .filter(artifact -> !artifact.equals(own))
                .toList();
    }

    private static List<String> artifacts(Path module) {
        return ARTIFACT.matcher(Checkout.text(module))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
