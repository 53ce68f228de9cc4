package dev.sluice.bench.process;

import dev.sluice.bench.result.Measurement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a program to its end and measures it from outside: wall time, CPU time as the system books it for children that
 * have ended, and peak memory by looking now and then. Not for use by several threads, as their children would be
 * counted together.
 */
public final class Meter {
    /** What a program prints to tell how long its work took without its own start. */
    public static final String INNER_SECONDS = "inner-seconds=";

    private static final Pattern INNER = Pattern.compile(Pattern.quote(INNER_SECONDS) + "([0-9.]+)");
    private static final long LOOK_MILLIS = 100;

    private final Path directory;
    private final Map<String, String> environment;
    private final List<ServerCpu> servers = new ArrayList<>();

    /**
     * @param directory where programs run and where their output is kept
     * @param environment what they find set, beside what this process has
     */
    public Meter(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /** From now on the CPU time of this server is measured too, in one sum with that of others. */
    public void watch(ServerCpu watched) {
        servers.add(watched);
    }

    /**
     * Runs a program.
     *
     * @throws IllegalStateException if it fails; the message holds the end of its output
     */
    public Measurement run(List<String> command) {
        Path output = directory.resolve("output.log");
        try {
            double serverBefore = serverSeconds();
            long childrenBefore = childrenTicks();
            long begun = System.nanoTime();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            LaneTimes lanes = new LaneTimes();
            long peak = watchToItsEnd(process, lanes);
            double wall = (System.nanoTime() - begun) / 1e9;
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + tail(text));
            }
            double cpu = ProcStat.seconds(childrenTicks() - childrenBefore);
            return new Measurement(
                    wall, cpu, lanes.seconds(), serverSeconds() - serverBefore, inner(text), peak / 1024);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot run " + command.getFirst() + ": " + failed.getMessage(), failed);
        }
    }

    /** What the last program printed. */
    public String output() {
        try {
            return Files.readString(directory.resolve("output.log"));
        } catch (IOException failed) {
            throw new IllegalStateException("the output is gone", failed);
        }
    }

    private static long watchToItsEnd(Process process, LaneTimes lanes) {
        long peak = 0;
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                lanes.look(process.pid());
                peak = Math.max(peak, ProcStat.peakMemoryKib(process.pid()));
                peak = Math.max(
                        peak,
                        process.descendants()
                                .mapToLong(child -> ProcStat.peakMemoryKib(child.pid()))
                                .max()
                                .orElse(0));
            }
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program ran", stopped);
        }
        return peak;
    }

    private double serverSeconds() {
        return servers.stream().mapToDouble(ServerCpu::seconds).sum();
    }

    /** The times of all children of this process that have ended. */
    private static long childrenTicks() {
        return ProcStat.of("self").orElseThrow().children();
    }

    static double inner(String output) {
        Matcher matcher = INNER.matcher(output);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 4_000));
    }
}
