package dev.sluice.cli.state;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run of a connection away, also one of another process.
 *
 * <p>The operating system holds the lock for the process and drops it when that ends, however it ends. The file stays: to
 * delete it would let two processes lock two files of one name.
 */
public final class RunLock implements AutoCloseable {
    /** Locks of this process: a second channel to a locked file would, when closed, drop the lock of the first. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Beyond any content, so that the holder's number can be read while the lock is held. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a connection.
     *
     * @param file the lock file; it and its directory are made if they are missing
     * @param connection the connection's name, for the message
     * @throws ProblemException of kind {@code CONFLICT}, code {@code E_LOCKED}, if another run holds it
     */
    public static RunLock take(Path file, String connection) {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD.add(path)) {
            throw locked(path, connection, Long.toString(ProcessHandle.current().pid()));
        }
        boolean taken = false;
        try {
            RunLock lock = open(path, connection);
            taken = true;
            return lock;
        } catch (IOException cause) {
            throw Problem.of("E_STATE_UNWRITABLE", ProblemKind.RESOURCE, "the lock file cannot be written")
                    .at(path.toString())
                    .because(cause.toString())
                    .fix("make its directory writable, or name another one with --state DIR")
                    .exception(cause);
        } finally {
            if (!taken) {
                HELD.remove(path);
            }
        }
    }

    private static RunLock open(Path path, String connection) throws IOException {
        Path directory = path.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw locked(path, connection, holder(channel));
            }
            locked = true;
            String pid = ProcessHandle.current().pid() + "\n";
            channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return new RunLock(path, channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static @Nullable String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("[0-9]+") ? text : null;
    }

    private static ProblemException locked(Path file, String connection, @Nullable String pid) {
        return Problem.of("E_LOCKED", ProblemKind.CONFLICT, "another run of " + connection + " is under way")
                .at(file.toString())
                .because(pid == null ? "it holds the lock" : "the process " + pid + " holds the lock")
                .fix(pid == null ? "wait for it" : "wait for it, or end it in good order: `kill " + pid + "`")
                .exception();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingToSave) {
            // The lock falls with the channel or, at the latest, with the process.
        } finally {
            HELD.remove(file);
        }
    }
}
