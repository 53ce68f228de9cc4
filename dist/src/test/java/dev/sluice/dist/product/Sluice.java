package dev.sluice.dist.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the assembled product in a folder. Immutable; may be used by several threads. */
public final class Sluice {
    /** How a process ends that gets SIGKILL. */
    public static final int KILLED = 137;

    private static final long PATIENCE_SECONDS = 300;
    private static final Path LAUNCHER =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().resolve("target/sluice/bin/sluice");

    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> options;

    private Sluice(Path folder, Map<String, String> environment, List<String> options) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.options = List.copyOf(options);
    }

    /** The product in a working directory, with nothing of the test's environment but what it needs to run. */
    public static Sluice in(Path folder) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SLUICE_JAVA_HOME", System.getProperty("java.home"));
        for (String name : List.of("PATH", "HOME", "TMPDIR")) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        return new Sluice(folder, environment, List.of());
    }

    /** The same with an environment variable. */
    public Sluice with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new Sluice(folder, more, options);
    }

    /** The same with an option of the virtual machine. */
    public Sluice withOption(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new Sluice(folder, environment, more);
    }

    /** The same, to be killed at a cut point: its name, or {@code name:n} for the n-th time that it is reached. */
    public Sluice cutAt(String cut) {
        return withOption("-Dsluice.cut=" + cut);
    }

    /**
     * What a command came to.
     *
     * @param code its exit code
     * @param out what it printed as its result
     * @param err what it printed beside it
     */
    public record Result(int code, String out, String err) {
        /** Demands an exit code. */
        public Result expect(int wanted) {
            if (code != wanted) {
                throw new AssertionError("the exit code is " + code + " and not " + wanted + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    /** Runs a command to its end. */
    public Result run(String... arguments) {
        try {
            Path out = Files.createTempFile("sluice", ".out");
            Path err = Files.createTempFile("sluice", ".err");
            try {
                return new Result(
                        end(start(out, err, arguments), arguments),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(err, StandardCharsets.UTF_8));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("SLUICE_JAVA_OPTS", String.join(" ", options));
        return builder.start();
    }

    private static int end(Process process, String... arguments) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("sluice " + String.join(" ", arguments) + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while sluice ran", stopped);
        }
    }
}
