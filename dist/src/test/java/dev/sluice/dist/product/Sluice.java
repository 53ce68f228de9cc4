package dev.sluice.dist.product;

import dev.sluice.spi.runtime.Cut;
import dev.sluice.testkit.fault.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts the assembled product in a folder, on the JDK of the test. Nothing of the test's environment reaches it but what
 * a program needs. Immutable; may be used by several threads.
 *
 * <pre>{@code
 * Sluice sluice = Sluice.in(folder);
 * sluice.cutAt("after-commit").run("sync").expect(Sluice.KILLED);
 * sluice.run("sync").expect(0);
 * }</pre>
 */
public final class Sluice {
    /** How a process ends that gets SIGKILL. */
    public static final int KILLED = ChildProcess.KILLED;

    /** What a test starts lives for a second or two: the best code would cost more than the whole run. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1");

    private final Path folder;
    private final Path launcher;
    private final Map<String, String> environment;
    private final List<String> options;
    private final @Nullable Path input;

    private Sluice(
            Path folder, Path launcher, Map<String, String> environment, List<String> options, @Nullable Path input) {
        this.folder = folder;
        this.launcher = launcher;
        this.environment = Map.copyOf(environment);
        this.options = List.copyOf(options);
        this.input = input;
    }

    /** The folder of the assembled product: {@code bin}, {@code lib} and {@code plugins}. */
    public static Path product() {
        Path product = Path.of(Objects.requireNonNullElse(System.getProperty("sluice.product"), "target/sluice"));
        if (!Files.isDirectory(product)) {
            throw new IllegalStateException("the product is not put together yet, `mvn verify` and ./sluice do that: "
                    + product.toAbsolutePath() + " is missing");
        }
        return product.toAbsolutePath();
    }

    /** The product in a working directory. */
    public static Sluice in(Path folder) {
        return of(folder, Prepared.LAUNCHER);
    }

    private static Sluice of(Path folder, Path launcher) {
        Map<String, String> environment = Map.of("SLUICE_JAVA_HOME", System.getProperty("java.home"));
        return new Sluice(folder, launcher, environment, QUICK, null);
    }

    /** With its cache for quick starts, as a user has it after the first command: the tests start it hundreds of times. */
    private static final class Prepared {
        static final Path LAUNCHER = prepare(product());

        private static Path prepare(Path product) {
            Path launcher = product.resolve("bin/sluice");
            of(product, launcher).with("SLUICE_AOT", "prepare").run().expect(0);
            return launcher;
        }
    }

    /** The same by another launcher. */
    public Sluice by(Path otherLauncher) {
        return new Sluice(folder, otherLauncher, environment, options, input);
    }

    /** The same with an environment variable. */
    public Sluice with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new Sluice(folder, launcher, more, options, input);
    }

    /** The same with an option of the virtual machine; without blanks, since the launcher divides there. */
    public Sluice withOption(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new Sluice(folder, launcher, environment, more, input);
    }

    /** The same, to be killed at a cut point: its name, or {@code name:n} for the n-th time that it is reached. */
    public Sluice cutAt(String cut) {
        return withOption("-D" + Cut.PROPERTY + "=" + cut);
    }

    /** The same with a file as its standard input, which is empty otherwise. */
    public Sluice reading(Path file) {
        return new Sluice(folder, launcher, environment, options, file);
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
        try (ChildProcess process = start(arguments)) {
            int code = process.awaitExit();
            return new Result(code, String.join("\n", process.out()), String.join("\n", process.err()));
        }
    }

    /** Starts a command, to be watched, sent signals, or killed from outside. */
    public ChildProcess start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = ChildProcess.prepare(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SLUICE_JAVA_OPTS", String.join(" ", options));
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        return ChildProcess.start(builder);
    }
}
