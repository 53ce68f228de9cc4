package dev.sluice.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line of {@code /proc/PID/stat}; see proc(5). Times are in ticks.
 *
 * @param pid the process
 * @param parent its parent
 * @param own user and system time of its threads
 * @param children user and system time of its children that have ended and were waited for
 */
record ProcStat(long pid, long parent, long own, long children) {
    private static final Path PROC = Path.of("/proc");

    /** Linux counts in this many ticks a second on every machine that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    /** The line of a process; empty if it is gone. */
    static Optional<ProcStat> of(String pid) {
        try {
            return Optional.of(parse(Files.readString(PROC.resolve(pid).resolve("stat"))));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** The name of the program stands in parentheses and may hold blanks and parentheses itself. */
    static ProcStat parse(String line) {
        int nameEnd = line.lastIndexOf(')');
        String[] fields = line.substring(nameEnd + 2).strip().split(" ", -1);
        return new ProcStat(
                Long.parseLong(line.substring(0, line.indexOf(' '))),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    }

    /** All processes. */
    static List<ProcStat> all() {
        List<String> pids;
        try (Stream<Path> entries = Files.list(PROC)) {
            pids = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.isEmpty() && Character.isDigit(name.charAt(0)))
                    .toList();
        } catch (IOException failed) {
            throw new IllegalStateException("cannot list the processes", failed);
        }
        List<ProcStat> stats = new ArrayList<>(pids.size());
        pids.forEach(pid -> of(pid).ifPresent(stats::add));
        return stats;
    }

    /** The most resident memory that the process had so far, in KiB; 0 if it is gone. */
    static long peakMemoryKib(long pid) {
        try (Stream<String> lines = Files.lines(PROC.resolve(Long.toString(pid)).resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }

    static double seconds(long ticks) {
        return ticks / TICKS_A_SECOND;
    }
}
