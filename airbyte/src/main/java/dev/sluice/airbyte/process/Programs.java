package dev.sluice.airbyte.process;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes connectors ready to be started: packages are installed when they are first used, and kept. Thread-safe. */
public final class Programs {
    private final Path store;
    private final String path;

    /**
     * Keeps packages.
     *
     * @param store the folder for them
     * @param path where programs are looked for, as in the variable of that name
     */
    public Programs(Path store, String path) {
        this.store = store;
        this.path = path;
    }

    /** Those of this machine. */
    public static Programs ofThisMachine() {
        String home = System.getenv().getOrDefault("SLUICE_HOME", System.getProperty("user.home") + "/.sluice");
        return new Programs(Path.of(home, "packages"), System.getenv().getOrDefault("PATH", ""));
    }

    /**
     * Makes a connector ready.
     *
     * @param log hears what takes long
     */
    public Program program(Launch launch, Consumer<String> log) {
        return switch (launch) {
            case Launch.Command(List<String> line) -> (folder, run, arguments) -> joined(line, arguments);
            case Launch.Image(String name, List<String> limits) -> new Container(engine(), name, limits);
            case Launch.PythonPackage python -> {
                Path program = new PythonPackages(store.resolve("pypi"), tool("python3", "Python 3 with venv"))
                        .program(python, log);
                yield (folder, run, arguments) -> joined(List.of(program.toString()), arguments);
            }
            case Launch.OfficialRunner official -> {
                Path program = new PythonPackages(store.resolve("pypi"), tool("python3", "Python 3 with venv"))
                        .program(official.runner(), log);
                yield (folder, run, arguments) -> official.commandLine(program, arguments);
            }
            case Launch.NodePackage node -> {
                Path program =
                        new NodePackages(store.resolve("npm"), tool("npm", "Node.js with npm")).program(node, log);
                yield (folder, run, arguments) -> joined(List.of(program.toString()), arguments);
            }
        };
    }

    static List<String> joined(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    private Path engine() {
        return find("docker")
                .or(() -> find("podman"))
                .orElseThrow(() -> missing("docker", "Docker or Podman").exception());
    }

    private Path tool(String name, String what) {
        return find(name).orElseThrow(() -> missing(name, what).exception());
    }

    private static Problem missing(String name, String what) {
        return Problem.of(
                        "E_PROGRAM_MISSING", ProblemKind.RESOURCE, "the program `" + name + "` is not on this machine")
                .because("the connector needs " + what)
                .fix("install it, or run the connector otherwise: `command`, `docker`, `pypi` or `npm`");
    }

    private Optional<Path> find(String program) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Runs a tool to its end, and tells what it said if it failed. */
    static void run(List<String> command, Path folder, Consumer<String> log) {
        Path output = null;
        try {
            output = Files.createTempFile("sluice-install-", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(15, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw failed(command, "it did not end within 15 minutes").exception();
            }
            if (process.exitValue() != 0) {
                List<String> said = Files.readAllLines(output);
                said.stream().skip(Math.max(0, said.size() - 20)).forEach(log);
                String last = said.isEmpty() ? "it said nothing" : said.getLast();
                throw failed(command, last).exception();
            }
        } catch (IOException failure) {
            throw failed(command, String.valueOf(failure.getMessage())).exception(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the installation was stopped")
                    .exception(stopped);
        } finally {
            delete(output);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }

    private static Problem failed(List<String> command, String why) {
        return Problem.of("E_CONNECTOR_INSTALL", ProblemKind.RESOURCE, "the connector could not be installed")
                .at(Path.of(command.getFirst()).getFileName().toString())
                .because(why)
                .fix("check its name and version, and that its registry can be reached");
    }
}
