package dev.sluice.connector.file.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A place with files that can be read. Methods may be called by several threads at once. */
public interface FileAccess extends AutoCloseable {
    /**
     * The files that are there now, sorted by name.
     *
     * @throws dev.sluice.spi.problem.ProblemException if the place cannot be looked into; no file at all is no problem
     *     here
     */
    List<SourceFile> list();

    /** What a file is now; empty if it is gone. */
    Optional<SourceFile> find(SourceFile file);

    /**
     * Opens a file as it is stored.
     *
     * @param file the version that is wanted
     * @param from the first byte that is wanted
     * @throws dev.sluice.spi.problem.ProblemException if the file is gone, is not readable, or has changed
     */
    InputStream open(SourceFile file, long from);

    /** Where the file lies in the file system of this machine; empty if it lies elsewhere. */
    default Optional<Path> path(SourceFile file) {
        return Optional.empty();
    }

    /**
     * The first bytes of a file as it is stored, which can be asked for again and again.
     *
     * @param bytes how many are wanted; there are fewer only if the file has fewer
     */
    default byte[] head(SourceFile file, int bytes) throws IOException {
        try (InputStream input = open(file, 0)) {
            return input.readNBytes(bytes);
        }
    }

    /** True if a file can be opened at any byte without reading what lies before. */
    boolean isSeekable();

    /** True if a file can be opened more than once. */
    boolean isRepeatable();

    /** True if versions of the file can be told apart, so that a read may go on in the middle of it. */
    default boolean tellsVersions(SourceFile file) {
        return isRepeatable();
    }

    /**
     * Makes sure that a file is still the version that it was.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code TRANSIENT} with the code {@code E_FILE_CHANGED} if
     *     it is not
     */
    void requireUnchanged(SourceFile file) throws IOException;

    /** Lets go of connections. */
    @Override
    void close();
}
