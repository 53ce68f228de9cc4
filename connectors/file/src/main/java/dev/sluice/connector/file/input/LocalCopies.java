package dev.sluice.connector.file.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Copies on this machine of files that lie elsewhere, each fetched once and deleted in the end. */
public final class LocalCopies implements AutoCloseable {
    /** Names whose they are, should a process die before it deletes them. */
    private static final String PREFIX = "sluice-" + ProcessHandle.current().pid() + "-";

    private static final int PART_BYTES = 256 << 10;

    private final Map<SourceFile, Copy> copies = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** A copy, or the place for one that is being fetched. */
    private static final class Copy {
        private final ReentrantLock fetching = new ReentrantLock();
        private volatile Path path = NONE;
    }

    private static final Path NONE = Path.of("");

    /** Nothing is copied yet. */
    public LocalCopies() {}

    /**
     * The file on this machine: the copy of exactly this version if it lies elsewhere.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it cannot be fetched or has changed
     */
    public Path of(FileAccess access, SourceFile file) {
        return access.path(file).orElseGet(() -> fetched(access, file));
    }

    private Path fetched(FileAccess access, SourceFile file) {
        Copy copy;
        lock.lock();
        try {
            copy = copies.computeIfAbsent(file, key -> new Copy());
        } finally {
            lock.unlock();
        }
        copy.fetching.lock();
        try {
            if (copy.path.equals(NONE)) {
                copy.path = fetch(access, file);
            }
            return copy.path;
        } finally {
            copy.fetching.unlock();
        }
    }

    private static Path fetch(FileAccess access, SourceFile file) {
        Path path = newFile();
        boolean complete = false;
        try (InputStream input = access.open(file, 0);
                OutputStream output = Files.newOutputStream(path)) {
            byte[] part = new byte[PART_BYTES];
            for (int count = input.read(part); count >= 0; count = input.read(part)) {
                write(output, part, count, path);
            }
            complete = true;
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        } finally {
            if (!complete) {
                delete(path);
            }
        }
        return path;
    }

    private static Path newFile() {
        try {
            return Files.createTempFile(PREFIX, ".copy");
        } catch (IOException failure) {
            throw Problems.writing(System.getProperty("java.io.tmpdir"), failure);
        }
    }

    private static void write(OutputStream output, byte[] part, int count, Path path) {
        try {
            output.write(part, 0, count);
        } catch (IOException failure) {
            throw Problems.writing(path.toString(), failure);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException staysBehind) {
            // it lies where the system cleans up
        }
    }

    /** Deletes the copies; nobody reads them any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            copies.values().stream()
                    .map(copy -> copy.path)
                    .filter(path -> !path.equals(NONE))
                    .forEach(LocalCopies::delete);
            copies.clear();
        } finally {
            lock.unlock();
        }
    }
}
