package dev.sluice.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The CPU time of the threads of a Sluice that read and write, by looking now and then: what decoding, encoding and their
 * sockets take, without the start of the virtual machine and its compilers. Misses what a thread did after the last look.
 */
final class LaneTimes {
    /** How the engine's threads begin; Linux keeps the first 15 bytes of a name. */
    private static final List<String> NAMES = List.of("sluice read", "sluice write");

    private final Map<String, Double> seconds = new HashMap<>();

    /** Looks at the threads of a process; one that is gone has none. */
    void look(long pid) {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (Stream<Path> threads = Files.list(tasks)) {
            threads.forEach(thread -> look(pid, thread));
        } catch (IOException gone) {
            // The process has ended; what was seen of it stays.
        }
    }

    private void look(long pid, Path thread) {
        String task = pid + "/task/" + thread.getFileName();
        // A thread gets its name after it was started, so only the ones that were found are remembered.
        if (seconds.containsKey(task) || isLane(thread)) {
            ProcStat.of(task).ifPresent(stat -> seconds.put(task, ProcStat.seconds(stat.own())));
        }
    }

    private static boolean isLane(Path thread) {
        try {
            String name = Files.readString(thread.resolve("comm"));
            return NAMES.stream().anyMatch(name::startsWith);
        } catch (IOException gone) {
            return false;
        }
    }

    /** What they took in all, in seconds. */
    double seconds() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
