package dev.sluice.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a result was measured on.
 *
 * @param processor the model
 * @param cores how many the system shows
 * @param memoryMib the memory in MiB
 * @param system the kernel and its version
 * @param java the JVM that runs the bench, and by default the program
 * @param loadAtStart the load average before the first run: what else went on
 * @param loadAtEnd the load average after the last run
 */
public record Machine(
        String processor, int cores, long memoryMib, String system, String java, double loadAtStart, double loadAtEnd) {
    private static final Path PROC = Path.of("/proc");

    /** The machine that this process runs on, as it is now. */
    public static Machine here() {
        double load = load();
        return new Machine(
                field("cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field("meminfo", "MemTotal").split(" ", -1)[0]) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vendor.version") + " " + System.getProperty("java.version"),
                load,
                load);
    }

    /** The same with the load as it is now. */
    public Machine atEnd() {
        return new Machine(processor, cores, memoryMib, system, java, loadAtStart, load());
    }

    private static double load() {
        return Double.parseDouble(lines("loadavg").getFirst().split(" ", -1)[0]);
    }

    private static String field(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(PROC.resolve(file));
        } catch (IOException notLinux) {
            throw new IllegalStateException(
                    "the bench reads its figures from /proc, so it runs on Linux only", notLinux);
        }
    }
}
