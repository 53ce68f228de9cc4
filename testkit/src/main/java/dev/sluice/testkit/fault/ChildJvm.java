package dev.sluice.testkit.fault;

import dev.sluice.spi.runtime.Cut;
import dev.sluice.testkit.host.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A Java process that a test starts, watches, and kills. It gets nothing of the test's environment but what it needs to
 * run. Methods may be called by several threads at once.
 */
public final class ChildJvm implements AutoCloseable {
    /** How a process ends that gets SIGKILL. */
    public static final int KILLED = 137;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final Thread reader;
    private final List<String> output;

    private ChildJvm(Process process, Thread reader, List<String> output) {
        this.process = process;
        this.reader = reader;
        this.output = output;
    }

    /** What to start. Not for use by several threads. */
    public static final class Builder {
        private final String mainClass;
        private final List<String> options = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto"));
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<String> arguments = new ArrayList<>();
        private String classPath = System.getProperty("java.class.path");

        private Builder(String mainClass) {
            this.mainClass = mainClass;
        }

        /** With this class path instead of the test's own. */
        public Builder classPath(String path) {
            classPath = path;
            return this;
        }

        /** With a system property. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /**
         * To be killed at a cut point.
         *
         * @param cut its name, or {@code name:n} for the n-th time that it is reached
         */
        public Builder cutAt(String cut) {
            return property(Cut.PROPERTY, cut);
        }

        /** With an option of the virtual machine, such as {@code -Xmx64m}. */
        public Builder option(String option) {
            options.add(option);
            return this;
        }

        /** With arguments for the main method. */
        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Starts the process. */
        public ChildJvm start() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
            command.addAll(List.of("-cp", classPath, mainClass));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR", "LANG"));
            try {
                Process process = builder.start();
                process.getOutputStream().close();
                List<String> output = new CopyOnWriteArrayList<>();
                Thread reader = Thread.ofPlatform()
                        .daemon()
                        .name("output of " + process.pid())
                        .start(() -> collect(process, output));
                return new ChildJvm(process, reader, output);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Prepares a process with this main class and the test's own class path. */
    public static Builder of(Class<?> mainClass) {
        return new Builder(mainClass.getName());
    }

    private static void collect(Process process, List<String> output) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException ended) {
            output.add("(the output broke off: " + ended.getMessage() + ")");
        }
    }

    /** The lines that it wrote to its standard output and error so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Waits until it wrote a line, or fails when it ends without. */
    public void awaitLine(Predicate<String> wanted) {
        Await.until("a line of the child process among " + output, LIMIT, () -> {
            if (output.stream().anyMatch(wanted)) {
                return true;
            }
            if (!process.isAlive() && !reader.isAlive()) {
                throw new AssertionError("the child process ended with " + process.exitValue() + ":\n" + text());
            }
            return false;
        });
    }

    /**
     * Waits until it has ended, at most two minutes.
     *
     * @return its exit code
     * @throws AssertionError if it does not end in time
     */
    public int awaitExit() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the child process still runs:\n" + text());
            }
            Await.end(reader);
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a child process ran", stopped);
        }
    }

    /** Demands that it ends by SIGKILL, as at a cut point. */
    public ChildJvm requireKilled() {
        int exit = awaitExit();
        if (exit != KILLED) {
            throw new AssertionError("the child process was not killed but ended with " + exit + ":\n" + text());
        }
        return this;
    }

    /** Demands that it ends in good order. */
    public ChildJvm requireSuccess() {
        int exit = awaitExit();
        if (exit != 0) {
            throw new AssertionError("the child process ended with " + exit + ":\n" + text());
        }
        return this;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Kills it with SIGKILL and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends it SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Stands it still (SIGSTOP), as a paused machine does; {@link #resume} lets it go on. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("the process " + process.pid() + " cannot be sent " + name);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + name, stopped);
        }
    }

    private String text() {
        return String.join("\n", output);
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
