package dev.sluice.lowcode.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The keys of the objects that the runs of a mirror have written: a file of those that the last whole read has left, and beside it one of
 * those that the read under way has met, in lines of a number and a key as JSON. Keys are never taken from either but by publishing.
 *
 * <p>One thread uses it.
 */
public final class MetKeys implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path before;
    private final Path now;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private MetKeys(Path before, Path now, FileChannel channel) {
        this.before = before;
        this.now = now;
        this.channel = channel;
    }

    /**
     * Opens those of a target.
     *
     * @param ledger the file of its ledger, which is open
     */
    public static MetKeys open(Path ledger) {
        Path now = ledger.resolveSibling(ledger.getFileName() + ".keys.new");
        try {
            FileChannel channel = FileChannel.open(now, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.position(channel.size());
            return new MetKeys(ledger.resolveSibling(ledger.getFileName() + ".keys"), now, channel);
        } catch (IOException failure) {
            throw LedgerFile.failed(now, failure);
        }
    }

    /** A key that is known and was not met. */
    public record Missing(long print, String key) {}

    private interface Work {
        void run() throws IOException;
    }

    private void done(Work work) {
        try {
            work.run();
        } catch (IOException failure) {
            throw LedgerFile.failed(now, failure);
        }
    }

    /** A read begins: it has met nothing. What an earlier one has met and did not publish was written, and is known. */
    public void begin() {
        done(() -> {
            if (channel.size() > 0) {
                publish(Set.of());
            }
        });
    }

    /** Nothing was written: what the system has is somebody else's. */
    public void forget() {
        empty();
        done(() -> Files.deleteIfExists(before));
    }

    private void empty() {
        done(() -> {
            buffer.clear();
            channel.truncate(0);
        });
    }

    /**
     * An object was written, or is as it should be.
     *
     * @param print the number of its key
     * @param key its key, as JSON in one line
     */
    public void meet(long print, String key) {
        byte[] line = (print + " " + key + "\n").getBytes(StandardCharsets.UTF_8);
        done(() -> {
            if (buffer.remaining() < line.length) {
                drain();
            }
            if (line.length > BUFFER) {
                write(ByteBuffer.wrap(line));
            } else {
                buffer.put(line);
            }
        });
    }

    private void drain() throws IOException {
        buffer.flip();
        write(buffer);
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Brings what was met to the medium: before a marker says that it was. */
    public void force() {
        done(() -> {
            drain();
            channel.force(false);
        });
    }

    /** How many objects are known, those that were met among them. */
    public long known() {
        force();
        long[] met = met();
        return met.length + missing(met, _ -> {});
    }

    /** Those that are known and were not met, one after the other. */
    public long missing(Consumer<Missing> taker) {
        force();
        return missing(met(), taker);
    }

    private long missing(long[] met, Consumer<Missing> taker) {
        long[] count = new long[1];
        each(before, (print, key) -> {
            if (Arrays.binarySearch(met, print) < 0) {
                count[0]++;
                taker.accept(new Missing(print, key));
            }
        });
        return count[0];
    }

    private interface Line {
        void take(long print, String key) throws IOException;
    }

    /** Each whole line of a file. */
    private void each(Path file, Line taker) {
        done(() -> {
            if (!Files.exists(file)) {
                return;
            }
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int space = line.indexOf(' ');
                    // A line that was cut off is read again from its source.
                    if (space > 0 && line.endsWith("]")) {
                        taker.take(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
                    }
                }
            }
        });
    }

    /** The numbers of the keys that were met, in order and each once. */
    private long[] met() {
        long[][] all = {new long[1024]};
        int[] size = new int[1];
        each(now, (print, _) -> {
            if (size[0] == all[0].length) {
                all[0] = Arrays.copyOf(all[0], size[0] * 2);
            }
            all[0][size[0]++] = print;
        });
        long[] sorted = Arrays.copyOf(all[0], size[0]);
        Arrays.sort(sorted);
        return Arrays.stream(sorted).distinct().toArray();
    }

    /**
     * The read is whole: what it has met is known from now on, and of the rest what is still there.
     *
     * @param removed the numbers of those that were removed
     */
    public void publish(Set<Long> removed) {
        List<String> still = new ArrayList<>();
        missing(gone -> {
            if (!removed.contains(gone.print())) {
                still.add(gone.print() + " " + gone.key() + "\n");
            }
        });
        Path fresh = before.resolveSibling(before.getFileName() + ".fresh");
        done(() -> {
            try (FileChannel out = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                long[] last = {Long.MIN_VALUE};
                ByteBuffer lines = ByteBuffer.allocate(BUFFER);
                each(now, (print, key) -> {
                    if (print != last[0]) {
                        add(out, lines, print + " " + key + "\n");
                    }
                    last[0] = print;
                });
                for (String line : still) {
                    add(out, lines, line);
                }
                lines.flip();
                writeAll(out, lines);
                out.force(true);
            }
            Files.move(fresh, before, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
        empty();
    }

    private static void add(FileChannel out, ByteBuffer lines, String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (lines.remaining() < bytes.length) {
            lines.flip();
            writeAll(out, lines);
            lines.clear();
        }
        if (bytes.length > lines.capacity()) {
            writeAll(out, ByteBuffer.wrap(bytes));
        } else {
            lines.put(bytes);
        }
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        done(() -> {
            drain();
            channel.close();
        });
    }
}
