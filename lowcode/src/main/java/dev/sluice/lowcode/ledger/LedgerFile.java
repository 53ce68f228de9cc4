package dev.sluice.lowcode.ledger;

import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one target: a file of lines that are only added, each a JSON object, and beside it what each object looked like.
 *
 * <p>A request that must not be made twice is written down with its records before it is sent, and its outcome after. What stands
 * there without an outcome when the ledger is opened again is in doubt. A marker covers what was read again or sent
 * since it was opened; what an interrupted run has sent beyond its last marker is found by its content when it is read once
 * more, in whatever order.
 *
 * <p>Holds a lock while it is open (I8). Thread-safe.
 */
public final class LedgerFile implements AutoCloseable {
    private static final long MOST_BYTES = 64L << 20;

    private final Path file;
    private final Clock clock;
    private final FileChannel locked;
    private final SentObjects sent;
    private final ReentrantLock lock = new ReentrantLock();
    private final LedgerState state;
    private final List<LedgerState.Intent> doubtful;
    private FileChannel channel;

    private LedgerFile(
            Path file, Clock clock, FileChannel locked, SentObjects sent, LedgerState state, FileChannel channel) {
        this.file = file;
        this.clock = clock;
        this.locked = locked;
        this.sent = sent;
        this.state = state;
        this.channel = channel;
        this.doubtful = new ArrayList<>(state.open());
    }

    /**
     * A request whose outcome is not known.
     *
     * @param id its number
     * @param prints the numbers of its records
     * @param records its records, as JSON
     * @param key what the system knows it by; empty if it knows none
     * @param time when it was sent
     */
    public record Doubtful(long id, List<Long> prints, List<Object> records, String key, String time) {}

    /** What a ledger says, without opening it; empty if there is none. */
    public static Optional<Ledger> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.ofNullable(state(file, Files.size(file)).ledger())
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw failed(file, unreadable);
        }
    }

    /**
     * Opens the ledger for a run, or begins one.
     *
     * @throws ProblemException of kind {@code CONFLICT} if another run has it open
     */
    public static LedgerFile open(Path file, Clock clock) {
        List<FileChannel> opened = new ArrayList<>();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder, readableByOneUser(folder));
            }
            FileChannel locked = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            opened.add(locked);
            require(lock(locked), file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            opened.add(channel);
            long whole = wholeLines(channel);
            channel.truncate(whole);
            channel.position(whole);
            SentObjects sent = SentObjects.open(file.resolveSibling(file.getFileName() + ".sent"));
            return new LedgerFile(file, clock, locked, sent, state(file, whole), channel);
        } catch (IOException | ProblemException failure) {
            closeAll(opened);
            throw failure instanceof ProblemException known ? known : failed(file, (IOException) failure);
        }
    }

    /** Records stand in it, which are nobody else's business. */
    private static FileAttribute<?>[] readableByOneUser(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void closeAll(List<FileChannel> opened) {
        for (FileChannel each : opened.reversed()) {
            try {
                each.close();
            } catch (IOException alreadyGone) {
                // The failure that is on its way says more.
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    private static void require(@Nullable FileLock held, Path file) {
        if (held == null) {
            throw Problem.of("E_TARGET_BUSY", ProblemKind.CONFLICT, "another run is sending to the same objects")
                    .at(file.toString())
                    .fix("wait until it has ended")
                    .exception();
        }
    }

    /** How many bytes the lines have that were written to their end. */
    private static long wholeLines(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }

    private static LedgerState state(Path file, long bytes) throws IOException {
        LedgerState state = new LedgerState();
        long taken = 0;
        try (var lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            while (line != null) {
                taken += line.getBytes(StandardCharsets.UTF_8).length + 1L;
                if (taken > bytes) {
                    return state;
                }
                state.take(line);
                line = lines.readLine();
            }
        } catch (IllegalArgumentException damaged) {
            throw Problem.of("E_LEDGER_DAMAGED", ProblemKind.INTEGRITY, "the ledger of what was sent is damaged")
                    .at(file.toString())
                    .because(damaged.getMessage())
                    .fix("bring the file back from a backup; without it nobody knows what was sent already")
                    .exception(damaged);
        }
        return state;
    }

    static ProblemException failed(Path file, IOException failure) {
        return Problem.of("E_LEDGER_FILE", ProblemKind.RESOURCE, "the ledger of what was sent cannot be used")
                .at(file.toString())
                .because(failure.toString())
                .fix("see that the folder is there, can be written and has room")
                .exception(failure);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T locked(Work<T> work) {
        lock.lock();
        try {
            return work.run();
        } catch (IOException failure) {
            throw failed(file, failure);
        } finally {
            lock.unlock();
        }
    }

    private void append(String line, boolean force) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        if (force) {
            channel.force(false);
        }
    }

    private void add(Map<String, Object> members, boolean force) throws IOException {
        String line = LedgerState.line(members);
        append(line, force);
        state.take(line);
    }

    /** What it says. */
    public Optional<Ledger> ledger() {
        return locked(() -> Optional.ofNullable(state.ledger()));
    }

    /** The rows that are committed of the read that is not finished. */
    public long rows() {
        return locked(state::rows);
    }

    /** True if something was sent of the read that is not finished, be it committed or not. */
    public boolean hasSent() {
        return locked(() -> state.rows() > 0 || state.hasMore());
    }

    /** Begins a read; what is known of an unfinished one is forgotten. */
    public void begin(String connection, long generation, long syncId) {
        locked(() -> {
            doubtful.clear();
            add(LedgerState.run(connection, generation, syncId), true);
            return true;
        });
    }

    /** The requests that were begun before it was opened, and of which nobody knows the outcome. */
    public List<Doubtful> doubtful() {
        return locked(() -> doubtful.stream()
                .map(each -> new Doubtful(each.id(), each.prints(), each.records(), each.key(), each.time()))
                .toList());
    }

    /**
     * Writes down that a request is about to be sent.
     *
     * @param prints the numbers of its records
     * @param records its records, as JSON
     * @param key what the system knows the request by; empty if it knows none
     * @return its number
     */
    public long intend(List<Long> prints, List<Object> records, String key) {
        return locked(() -> {
            long id = state.nextIntent();
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("is", "intent");
            line.put("id", id);
            line.put("time", clock.instant().toString());
            line.put("key", key);
            line.put("prints", new ArrayList<Object>(prints));
            line.put("records", records);
            add(line, true);
            return id;
        });
    }

    /**
     * Writes down what became of a request of this run.
     *
     * @param fates what became of each record; null where it was not sent after all
     */
    public void settle(long id, List<? extends @Nullable Fate> fates) {
        locked(() -> {
            append(LedgerState.line(outcome(id, fates)), false);
            state.close(id);
            return true;
        });
    }

    /** Writes down what became of a request that was in doubt; its records are met again when they are read. */
    public void resolve(long id, List<? extends @Nullable Fate> fates) {
        locked(() -> {
            add(outcome(id, fates), true);
            doubtful.removeIf(each -> each.id() == id);
            return true;
        });
    }

    private static Map<String, Object> outcome(long id, List<? extends @Nullable Fate> fates) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("is", "outcome");
        line.put("id", id);
        List<Object> words = new ArrayList<>();
        fates.forEach(fate -> words.add(LedgerState.words(fate)));
        line.put("fates", words);
        return line;
    }

    /** What became of a record when an interrupted run sent it; null if it did not. Each answer is given once. */
    public @Nullable Fate claim(long print) {
        lock.lock();
        try {
            return state.claim(print);
        } finally {
            lock.unlock();
        }
    }

    /** True if the object of a key was sent just so the last time. */
    public boolean isAsSent(long key, long look) {
        return sent.has(key, look);
    }

    /** Says that objects are about to be sent. */
    public void changing(List<Long> keys) {
        locked(() -> {
            for (long key : keys) {
                sent.changing(key);
            }
            sent.flush();
            return true;
        });
    }

    /** Remembers how an object looks that has arrived. */
    public void sent(long key, long look) {
        locked(() -> {
            sent.sent(key, look);
            return true;
        });
    }

    /** Hands over what was remembered, so that it outlives this process. */
    public void flush() {
        locked(() -> {
            sent.flush();
            return true;
        });
    }

    /** Forgets how all objects looked, so that each is sent again. */
    public void forgetObjects() {
        locked(() -> {
            sent.clear();
            return true;
        });
    }

    /** Keeps how far a split has come; everything that was sent or met by then is covered. */
    public void mark(Marker marker) {
        locked(() -> {
            sent.force();
            add(LedgerState.marker(marker.splitId(), marker.progress(), state.left()), true);
            if (channel.position() > MOST_BYTES) {
                rewrite();
            }
            return true;
        });
    }

    /**
     * Ends the read.
     *
     * @return how many records an interrupted run has sent that were not met again
     */
    public int publish(@Nullable Position end) {
        return locked(() -> {
            int left = state.left().size();
            sent.force();
            add(LedgerState.published(end), true);
            rewrite();
            return left;
        });
    }

    /** Forgets the read that is not finished. */
    public void discard() {
        locked(() -> {
            doubtful.clear();
            add(new LinkedHashMap<>(Map.of("is", "discarded")), true);
            return true;
        });
    }

    /** The same in as few lines as possible. */
    private void rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, String.join("", state.lines()), StandardCharsets.UTF_8);
        FileChannel other = FileChannel.open(fresh, StandardOpenOption.READ, StandardOpenOption.WRITE);
        other.force(true);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        channel.close();
        channel = other;
        channel.position(channel.size());
    }

    @Override
    public void close() {
        locked(() -> {
            try (FileChannel _ = locked;
                    FileChannel _ = channel) {
                sent.close();
            }
            return true;
        });
    }
}
