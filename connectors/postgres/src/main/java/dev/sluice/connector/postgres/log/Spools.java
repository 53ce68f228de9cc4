package dev.sluice.connector.postgres.log;

import dev.sluice.connector.postgres.copy.WireInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the log, divided by tables. One thread fills it; then many may read.
 *
 * <p>I6: what stands in memory is bounded, the rest stands in files of a temporary directory that only this user may read.
 */
final class Spools implements AutoCloseable {
    private static final long MOST_BUFFERED_BYTES = 32L << 20;

    private final long end;
    private final Map<Integer, Spool> byTable = new HashMap<>();
    private @Nullable Path directory;
    private long buffered;

    /**
     * Makes an empty one.
     *
     * @param end the place in the log up to which it goes
     */
    Spools(long end) {
        this.end = end;
    }

    long end() {
        return end;
    }

    /** The spool of a table; empty if the log tells nothing of it. */
    Optional<Spool> find(long table) {
        return Optional.ofNullable(byTable.get((int) table));
    }

    /** The spool of a table, made if there is none. */
    Spool of(int table) {
        return byTable.computeIfAbsent(table, oid -> new Spool(directory().resolve(Integer.toUnsignedString(oid))));
    }

    /** Adds a message to the spool of a table, of which some bytes were read. */
    void add(int table, byte[] head, WireInput in, int rest) throws IOException {
        Spool spool = of(table);
        long before = spool.size();
        spool.add(head, in, rest);
        // What a spool has moved to its file by itself counts until the next time, which is on the safe side.
        buffered += spool.size() - before;
        if (buffered > MOST_BUFFERED_BYTES) {
            byTable.values().forEach(Spool::spill);
            buffered = 0;
        }
    }

    private Path directory() {
        Path made = directory;
        if (made == null) {
            try {
                made = Files.createTempDirectory("sluice-log-");
                directory = made;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return made;
    }

    /** Deletes the files. */
    @Override
    public void close() {
        Path made = directory;
        if (made == null) {
            return;
        }
        for (Integer table : byTable.keySet()) {
            delete(made.resolve(Integer.toUnsignedString(table)));
        }
        delete(made);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException leftToTheSystem) {
            path.toFile().deleteOnExit();
        }
    }
}
