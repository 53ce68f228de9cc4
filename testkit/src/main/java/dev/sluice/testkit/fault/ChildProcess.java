package dev.sluice.testkit.fault;

import dev.sluice.testkit.host.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process that a test starts, watches, sends signals, and kills. It gets nothing of the test's environment but what a
 * program needs to run. Methods may be called by several threads at once.
 */
public final class ChildProcess implements AutoCloseable {
    /** How a process ends that gets SIGKILL. */
    public static final int KILLED = 137;

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> NEEDED = List.of("PATH", "HOME", "TMPDIR", "LANG");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    private ChildProcess(Process process) {
        this.process = process;
        this.readers.add(reader("output", process.getInputStream(), out));
        this.readers.add(reader("errors", process.getErrorStream(), err));
    }

    /**
     * A process that is still to be prepared: its environment has only what a program needs, and the rest of the builder may
     * be set as one likes. Whoever redirects an output does not find it here.
     */
    public static ProcessBuilder prepare(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(NEEDED);
        return builder;
    }

    /** Starts a process that was {@linkplain #prepare prepared}, with nothing on its standard input but what is redirected. */
    public static ChildProcess start(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new ChildProcess(process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Thread reader(String what, InputStream stream, List<String> lines) {
        return Thread.ofPlatform().daemon().name(what + " of " + process.pid()).start(() -> collect(stream, lines));
    }

    private void collect(InputStream stream, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(line -> {
                lines.add(line);
                output.add(line);
            });
        } catch (IOException | UncheckedIOException ended) {
            output.add("(the output broke off: " + ended.getMessage() + ")");
        }
    }

    /** The lines that it wrote to its standard output and error so far, as they came. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** The lines that it wrote to its standard output so far. */
    public List<String> out() {
        return List.copyOf(out);
    }

    /** The lines that it wrote to its standard error so far. */
    public List<String> err() {
        return List.copyOf(err);
    }

    /** Waits until it wrote a line, or fails when it ends without. */
    public void awaitLine(Predicate<String> wanted) {
        Await.until("a line of the child process among " + output, LIMIT, () -> {
            boolean ended = readers.stream().noneMatch(Thread::isAlive);
            if (output.stream().anyMatch(wanted)) {
                return true;
            }
            if (ended) {
                throw new AssertionError("the child process ended with " + awaitExit() + ":\n" + text());
            }
            return false;
        });
    }

    /**
     * Waits until it has ended, at most five minutes.
     *
     * @return its exit code
     * @throws AssertionError if it does not end in time
     */
    public int awaitExit() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the child process still runs:\n" + text());
            }
            readers.forEach(Await::end);
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a child process ran", stopped);
        }
    }

    /** Demands that it ends with this code. */
    public ChildProcess requireExit(int code) {
        int exit = awaitExit();
        if (exit != code) {
            throw new AssertionError("the child process ended with " + exit + " and not with " + code + ":\n" + text());
        }
        return this;
    }

    /** Demands that it ends by SIGKILL, as at a cut point. */
    public ChildProcess requireKilled() {
        return requireExit(KILLED);
    }

    /** Demands that it ends in good order. */
    public ChildProcess requireSuccess() {
        return requireExit(0);
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

    /** Stands it still (SIGSTOP), as a paused machine does; {@link #resume} lets it go on. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    /** Sends it a signal, such as {@code INT} or {@code TERM}. */
    public void signal(String name) {
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
