package dev.sluice.cli.certify;

import dev.sluice.cli.kit.Kit;
import dev.sluice.engine.certify.ContractSuites;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The contract suites out of their folders, which no other command looks into. */
final class Suites implements AutoCloseable {
    private final URLClassLoader classes;
    private final ContractSuites suites;

    private Suites(URLClassLoader classes, ContractSuites suites) {
        this.classes = classes;
        this.suites = suites;
    }

    /**
     * Loads them.
     *
     * @throws dev.sluice.spi.problem.ProblemException if this installation has none
     */
    static Suites load(Kit kit) {
        return load(kit, Suites.class.getClassLoader());
    }

    /** The same over other classes than those of this program. */
    static Suites load(Kit kit, ClassLoader program) {
        List<URL> jars = new ArrayList<>();
        String version = kit.versions().getOrDefault("sluice", "");
        try {
            for (String each : List.of("cdk", "testkit")) {
                String name = "sluice-" + each;
                jars.add(kit.folder()
                        .resolve(Path.of("dev", "sluice", name, version, name + "-" + version + ".jar"))
                        .toUri()
                        .toURL());
            }
            Path folder = kit.product().resolve("lib").resolve("certify");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path jar : files.sorted().toList()) {
                        jars.add(jar.toUri().toURL());
                    }
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        URLClassLoader classes = new URLClassLoader("certify", jars.toArray(new URL[0]), program);
        ContractSuites suites = ServiceLoader.load(ContractSuites.class, classes)
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                "E_KIT", ProblemKind.RESOURCE, "this Sluice comes without the contract suites")
                        .at(kit.folder().toString())
                        .fix("use a distribution, or build the whole from its sources: `mvn -DskipTests package`")
                        .exception());
        return new Suites(classes, suites);
    }

    ContractSuites suites() {
        return suites;
    }

    @Override
    public void close() {
        try {
            classes.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
