package dev.sluice.connector.sqlite.source;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells one content of a file from another by the size and the time of change of the file and its log. SQLite has no number
 * that each commit raises in all journal modes, and the files themselves must not be opened (see {@link
 * dev.sluice.connector.sqlite.session.SqliteFile}).
 */
final class ContentStamp {
    /** No file system of a database counts times of change more coarsely. */
    private static final Duration TICK = Duration.ofMillis(20);

    private ContentStamp() {}

    /** The stamp of the content of now; null if none can be made. */
    static @Nullable String of(Path path) {
        try {
            if (Files.exists(Path.of(path + "-journal")) && Files.size(Path.of(path + "-journal")) > 0) {
                return null;
            }
            String log = stamp(Path.of(path + "-wal"));
            return stamp(path) + (log.startsWith("0 ") ? "" : "; " + log);
        } catch (NoSuchFileException goneMeanwhile) {
            return null;
        } catch (IOException unreadable) {
            throw Problem.of("E_SQLITE_IO", ProblemKind.RESOURCE, "the file or its disk fails")
                    .at(path.toString())
                    .because(Objects.toString(unreadable.getMessage(), unreadable.toString()))
                    .fix("check the disk")
                    .exception(unreadable);
        }
    }

    /** The size and the time. A log that is not there is as good as an empty one. */
    private static String stamp(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "0 ";
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Instant changed = attributes.lastModifiedTime().toInstant();
        Duration since = Duration.between(changed, Clock.systemUTC().instant());
        if (!since.isNegative() && since.compareTo(TICK) < 0) {
            // A change that comes later must get a later time.
            LockSupport.parkNanos(TICK.minus(since).toNanos());
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        }
        return attributes.size() + " " + attributes.lastModifiedTime().toInstant();
    }
}
