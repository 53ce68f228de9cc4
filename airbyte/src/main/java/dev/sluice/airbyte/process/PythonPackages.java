package dev.sluice.airbyte.process;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Connectors that are packages of Python, each in an environment of its own. */
final class PythonPackages {
    private final PackageStore store;
    private final Path python;

    PythonPackages(Path folder, Path python) {
        this.store = new PackageStore(folder);
        this.python = python;
    }

    /** The program of a package. */
    Path program(Launch.PythonPackage wanted, Consumer<String> log) {
        String version = wanted.version() == null ? "newest" : wanted.version();
        Path folder = store.folder(wanted.name() + "-" + version, into -> {
            log.accept("installing the Python package " + wanted.name() + "; this is done once");
            Programs.run(List.of(python.toString(), "-m", "venv", "--clear", into.toString()), into, log);
            Programs.run(
                    List.of(
                            into.resolve("bin/python").toString(),
                            "-m",
                            "pip",
                            "install",
                            "--disable-pip-version-check",
                            "--no-input",
                            "--no-cache-dir",
                            wanted.version() == null ? wanted.name() : wanted.name() + "==" + wanted.version()),
                    into,
                    log);
        });
        return script(folder.resolve("bin"), wanted.name());
    }

    /** The script of a connector is named as its package without the vendor: {@code airbyte-source-faker} has {@code source-faker}. */
    private static Path script(Path scripts, String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        Path runner = scripts.resolve("source-declarative-manifest");
        if (plain.equals("airbyte-cdk") && Files.isExecutable(runner)) {
            return runner;
        }
        for (String candidate : List.of(plain, plain.replaceFirst("^airbyte-", ""))) {
            Path script = scripts.resolve(candidate);
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        try (Stream<Path> all = Files.list(scripts)) {
            List<Path> connectors = all.filter(
                            each -> each.getFileName().toString().matches("(source|destination)-.*")
                                    && !each.endsWith("source-declarative-manifest"))
                    .toList();
            if (connectors.size() == 1) {
                return connectors.getFirst();
            }
        } catch (IOException unreadable) {
            throw none(name).exception(unreadable);
        }
        throw none(name).exception();
    }

    private static Problem none(String name) {
        return Problem.of("E_CONNECTOR_INSTALL", ProblemKind.CONFIG, "the Python package " + name + " is no connector")
                .because("it has no program that is named as a source or destination")
                .fix("check the name; connectors are named like airbyte-source-faker");
    }
}
