package dev.sluice.cdk.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a log, divided by tables. One thread fills it; then many may read.
 *
 * <p>I6: what stands in memory is bounded, the rest stands in files of a temporary directory that only this user may read.
 *
 * @param <K> what tells tables apart
 */
public final class Spools<K> implements AutoCloseable {
    private static final long MOST_BUFFERED_BYTES = 32L << 20;

    private final Map<K, Spool> byTable = new HashMap<>();
    private @Nullable Path directory;
    private long buffered;

    /** Makes an empty one. */
    public Spools() {}

    /** The spool of a table; empty if the log tells nothing of it. */
    public Optional<Spool> find(K table) {
        return Optional.ofNullable(byTable.get(table));
    }

    /** The spool of a table, made if there is none. */
    public Spool of(K table) {
        Spool found = byTable.get(table);
        if (found == null) {
            found = new Spool(directory().resolve(Integer.toString(byTable.size())), this::count);
            byTable.put(table, found);
        }
        return found;
    }

    private void count(int bytes) {
        buffered += bytes;
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
        byTable.values().forEach(Spool::delete);
        try {
            Files.deleteIfExists(made);
        } catch (IOException leftToTheSystem) {
            made.toFile().deleteOnExit();
        }
    }
}
