package dev.sluice.testkit.mysql;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The process of a server with its data directory, which goes with the server. */
final class MyProcess {
    private static final int LIMIT_SECONDS = 120;
    private static final String OWNER = "owner";

    private final MyInstallation installation;
    private final Path home;
    private final List<String> options;
    private @Nullable Process running;

    private MyProcess(MyInstallation installation, Path home, List<String> options) {
        this.installation = installation;
        this.home = home;
        this.options = options;
    }

    /** Makes a data directory with the system tables in it. */
    static MyProcess prepare(MyInstallation installation, List<String> options) throws IOException {
        Path all = Path.of(System.getProperty("java.io.tmpdir"), "sluice-mysql-data");
        Files.createDirectories(all);
        removeLeftovers(all);
        Path home = Files.createTempDirectory(all, "server-");
        Files.writeString(
                home.resolve(OWNER), Long.toString(ProcessHandle.current().pid()));
        installation.makeData(home);
        return new MyProcess(installation, home, options);
    }

    /** Ends servers whose process was killed, and deletes their data. */
    private static void removeLeftovers(Path all) throws IOException {
        List<Path> homes;
        try (Stream<Path> found = Files.list(all)) {
            homes = found.toList();
        }
        for (Path home : homes) {
            boolean abandoned = process(home.resolve(OWNER)).isPresent()
                    && process(home.resolve(OWNER)).flatMap(ProcessHandle::of).isEmpty();
            if (abandoned) {
                process(home.resolve("pid")).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
                deleteTree(home);
            }
        }
    }

    private static Optional<Long> process(Path file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** The command that starts a server over a data directory, without what the tests want of it. */
    static List<String> command(MyInstallation installation, Path home) {
        List<String> command = new ArrayList<>(List.of(installation.server().toString(), "--no-defaults"));
        command.addAll(installation.arguments());
        command.addAll(List.of(
                "--datadir=" + home.resolve("data"),
                "--tmpdir=" + home,
                "--socket=" + home.resolve("socket"),
                "--pid-file=" + home.resolve("pid"),
                "--innodb-buffer-pool-size=192M"));
        command.addAll(asRoot());
        return command;
    }

    /** The servers want to hear that it is meant when root starts them. */
    static List<String> asRoot() {
        return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
    }

    /** Starts the server; it does not answer at once. */
    void start() throws IOException {
        List<String> command = command(installation, home);
        command.addAll(options);
        running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()))
                .start();
    }

    /** The number of the process; it has to run. */
    long pid() {
        return Objects.requireNonNull(running, "the server does not run").pid();
    }

    boolean isAlive() {
        return running != null && running.isAlive();
    }

    /**
     * Ends the server.
     *
     * @param inGoodOrder false to kill it, so that nothing is flushed
     */
    void stop(boolean inGoodOrder) {
        Process process = running;
        running = null;
        if (process == null) {
            return;
        }
        if (inGoodOrder) {
            process.destroy();
        } else {
            process.destroyForcibly();
        }
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    void deleteData() {
        deleteTree(home);
    }

    private File logFile() {
        return home.resolve("log").toFile();
    }

    String log() {
        try {
            return new String(Files.readAllBytes(logFile().toPath()), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs a program to its end and returns its exit code. */
    static int finish(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }

    /** Deletes a directory as far as it goes; what is left over lies among temporary files. */
    static void deleteTree(Path root) {
        try (Stream<Path> found = Files.walk(root)) {
            found.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException gone) {
            root.toFile().deleteOnExit();
        }
    }
}
