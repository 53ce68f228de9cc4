package dev.sluice.cli.command;

import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.StateFile;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What the doctor looks at, one thing a method. */
final class Examination {
    private static final int NEEDED_JAVA = 25;
    private static final long SMALL_HEAP = 200L << 20;
    private static final long SMALL_DISK = 1L << 30;
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(2);

    /** The day of the first version; no clock that is right shows an earlier one. */
    private static final Instant BIRTHDAY = Instant.parse("2026-11-01T00:00:00Z");

    private final Session session;

    Examination(Session session) {
        this.session = session;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.addAll(connectors());
        findings.add(disk("disk", session.host().directory()));
        findings.add(temporary());
        findings.add(state());
        findings.add(clock());
        findings.add(terminal());
        return findings;
    }

    private static Finding java() {
        String detail = Runtime.version() + ", " + System.getProperty("java.home");
        return Runtime.version().feature() >= NEEDED_JAVA
                ? Finding.good("java", detail)
                : Finding.bad("java", detail, "install a JDK " + NEEDED_JAVA + " or newer, and point JAVA_HOME at it");
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory();
        String detail = Units.bytes(heap) + " heap, "
                + Units.count(Runtime.getRuntime().availableProcessors(), "processor", "processors");
        return heap < SMALL_HEAP
                ? Finding.fair("memory", detail, "give it more: SLUICE_JAVA_OPTS=-Xmx512m")
                : Finding.good("memory", detail);
    }

    private List<Finding> connectors() {
        try {
            ConnectorRegistry registry = session.connectors();
            List<Finding> findings = new ArrayList<>();
            for (Problem problem : registry.problems()) {
                findings.add(Finding.bad(
                        "connectors",
                        problem.message() + ": " + problem.where() + ": " + problem.why(),
                        String.valueOf(problem.fix())));
            }
            int sources = registry.sources().size();
            int destinations = registry.destinations().size();
            String detail = Units.count(sources, "source", "sources") + ", "
                    + Units.count(destinations, "destination", "destinations");
            findings.add(
                    sources == 0 || destinations == 0
                            ? Finding.bad(
                                    "connectors", detail, "install Sluice again; its folder plugins is incomplete")
                            : Finding.good("connectors", detail));
            return findings;
        } catch (ProblemException failure) {
            Problem problem = failure.problem();
            return List.of(Finding.bad(
                    "connectors", problem.message() + ": " + problem.where(), String.valueOf(problem.fix())));
        }
    }

    private static Finding disk(String what, Path directory) {
        try {
            FileStore store = Files.getFileStore(directory);
            String detail = Units.bytes(store.getUsableSpace()) + " free in " + directory;
            return store.getUsableSpace() < SMALL_DISK
                    ? Finding.fair(what, detail, "make room; a run that fills the disk stops, and goes on later")
                    : Finding.good(what, detail);
        } catch (IOException unknown) {
            return Finding.bad(
                    what, directory + " cannot be looked at: " + unknown.getMessage(), "change into another directory");
        }
    }

    /** Drivers unpack their native libraries there. */
    private static Finding temporary() {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        String fix = "name another directory: SLUICE_JAVA_OPTS=-Djava.io.tmpdir=DIR";
        try {
            Path file = Files.createTempFile(directory, "sluice", ".tmp");
            boolean executable = file.toFile().setExecutable(true) && Files.isExecutable(file);
            Files.delete(file);
            return executable
                    ? disk("temporary", directory)
                    : Finding.bad("temporary", "nothing can be run from " + directory, fix);
        } catch (IOException cause) {
            return Finding.bad("temporary", directory + " cannot be written: " + cause.getMessage(), fix);
        }
    }

    private Finding state() {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("sluice-doctor");
            Path file = directory.resolve("state.db");
            try (StateFile state = StateFile.open(file, session.host().clock())) {
                state.connection("doctor").beginJob();
            }
            return Finding.good("state", "SQLite works");
        } catch (IOException | ProblemException | LinkageError cause) {
            return Finding.bad(
                    "state",
                    "SQLite does not work: " + cause.getMessage(),
                    "let native libraries be loaded from the temporary directory");
        } finally {
            delete(directory);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException leftBehind) {
            // A few bytes in the temporary directory do no harm.
        }
    }

    /** Against the file system's clock, which is another machine's where the directory is a network drive. */
    private Finding clock() {
        Instant now = session.host().clock().instant();
        String detail = now.atZone(ZoneId.systemDefault())
                .toOffsetDateTime()
                .withNano(0)
                .toString();
        if (now.isBefore(BIRTHDAY)) {
            return Finding.bad("clock", detail + " is in the past", "set the clock, best by a time server");
        }
        try {
            Path file = Files.createTempFile("sluice", ".clock");
            Duration off = Duration.between(Files.getLastModifiedTime(file).toInstant(), now)
                    .abs();
            Files.delete(file);
            return off.compareTo(CLOCK_SLACK) > 0
                    ? Finding.fair(
                            "clock",
                            detail + ", " + off.toSeconds() + " s off the file system's",
                            "set both by a time server")
                    : Finding.good("clock", detail);
        } catch (IOException unknown) {
            return Finding.good("clock", detail);
        }
    }

    private Finding terminal() {
        Terminal terminal = session.host().terminal();
        if (!terminal.isOut() && !terminal.isErr()) {
            return Finding.good("terminal", "none; results are plain text");
        }
        String detail = terminal.width() + " columns" + (terminal.wantsColour() ? ", colours" : ", no colours")
                + (terminal.isUnicode() ? ", Unicode" : ", ASCII");
        return terminal.isUnicode()
                ? Finding.good("terminal", detail)
                : Finding.fair("terminal", detail, "set LANG to a UTF-8 locale, such as C.UTF-8, for nicer signs");
    }
}
