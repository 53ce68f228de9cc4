package dev.sluice.server.store;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One process at a time has a data directory. The operating system drops the lock with the process, however that ends; so
 * whoever has it knows that all that another one was doing here is over.
 */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the directory, and makes it first if it is missing. */
    static DirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve("store.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException cause) {
            throw StoreProblems.unwritable(directory.toString(), cause);
        }
        throw Problem.of("E_CONTROL_LOCKED", ProblemKind.CONFLICT, "another server uses the data directory")
                .at(directory.toString())
                .fix("stop it, or give this one another directory with --data; several servers share a store in"
                        + " PostgreSQL only")
                .exception();
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) { // a store of this process
            lock = null;
        }
        return lock != null;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
