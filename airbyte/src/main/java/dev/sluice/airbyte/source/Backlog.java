package dev.sluice.airbyte.source;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chunks that wait for their reader: the first ones in memory, the rest in a file, in order. Whoever uses it holds the lock of its
 * feed.
 *
 * <p>I6: what waits in memory is bounded; a source that sends much of a stream that nobody reads yet fills the disk and not the
 * memory.
 */
final class Backlog implements AutoCloseable {
    private final Path file;
    private final long mostInMemory;
    private final Deque<Chunk> first = new ArrayDeque<>();
    private long inMemory;
    private @Nullable FileChannel spilled;
    private long written;
    private long read;

    Backlog(Path file, long mostInMemory) {
        this.file = file;
        this.mostInMemory = mostInMemory;
    }

    /** True if nothing more fits into memory. */
    boolean isFull() {
        return inMemory >= mostInMemory || read < written;
    }

    boolean isEmpty() {
        return first.isEmpty() && read == written;
    }

    void add(Chunk chunk) {
        if (isFull()) {
            spill(chunk);
        } else {
            first.add(chunk);
            inMemory += chunk.memory();
        }
    }

    /** The next one; there has to be one. */
    Chunk take() {
        if (first.isEmpty()) {
            return unspill();
        }
        Chunk chunk = first.remove();
        inMemory -= chunk.memory();
        return chunk;
    }

    private void spill(Chunk chunk) {
        try {
            FileChannel channel = spilled;
            if (channel == null) {
                channel = FileChannel.open(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
                spilled = channel;
            }
            channel.position(written);
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
            out.writeInt(chunk.rows());
            for (int row = 1; row <= chunk.rows(); row++) {
                out.writeInt(chunk.start(row));
            }
            out.write(chunk.bytes(), 0, chunk.size());
            byte[] state = chunk.state() == null ? new byte[0] : chunk.state().getBytes(StandardCharsets.UTF_8);
            out.writeInt(chunk.state() == null ? -1 : state.length);
            out.write(state);
            out.writeInt(chunk.metas().size());
            for (Map.Entry<Integer, String> meta : chunk.metas().entrySet()) {
                byte[] text = meta.getValue().getBytes(StandardCharsets.UTF_8);
                out.writeInt(meta.getKey());
                out.writeInt(text.length);
                out.write(text);
            }
            out.flush();
            written = channel.position();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Chunk unspill() {
        FileChannel channel = spilled;
        if (channel == null) {
            throw new IllegalStateException("nothing waits");
        }
        try {
            channel.position(read);
            Counting bytes = new Counting(Channels.newInputStream(channel));
            DataInputStream in = new DataInputStream(bytes);
            int[] ends = new int[in.readInt()];
            for (int row = 0; row < ends.length; row++) {
                ends[row] = in.readInt();
            }
            byte[] data = in.readNBytes(ends.length == 0 ? 0 : ends[ends.length - 1]);
            int length = in.readInt();
            String state = length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
            Map<Integer, String> metas = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                metas.put(in.readInt(), new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
            Chunk chunk = chunk(data, ends, metas);
            if (state != null) {
                chunk.close(state);
            }
            read += bytes.count;
            if (read == written) {
                channel.truncate(0);
                read = 0;
                written = 0;
            }
            return chunk;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Chunk chunk(byte[] data, int[] ends, Map<Integer, String> metas) {
        Chunk chunk = new Chunk();
        int start = 0;
        for (int row = 0; row < ends.length; row++) {
            chunk.add(data, start, ends[row], metas.get(row));
            start = ends[row];
        }
        return chunk;
    }

    /** Counts what is read, large parts at a time. */
    private static final class Counting extends InputStream {
        private final InputStream in;
        private final byte[] buffer = new byte[64 << 10];
        private int at;
        private int limit;
        private long count;

        Counting(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (at == limit) {
                limit = Math.max(0, in.read(buffer));
                at = 0;
                if (limit == 0) {
                    return -1;
                }
            }
            count++;
            return buffer[at++] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (at == limit) {
                limit = Math.max(0, in.read(buffer));
                at = 0;
                if (limit == 0) {
                    return -1;
                }
            }
            int now = Math.min(length, limit - at);
            System.arraycopy(buffer, at, into, from, now);
            at += now;
            count += now;
            return now;
        }
    }

    @Override
    public void close() {
        first.clear();
        inMemory = 0;
        FileChannel channel = spilled;
        if (channel != null) {
            try {
                channel.close();
                Files.deleteIfExists(file);
            } catch (IOException leftToTheSystem) {
                file.toFile().deleteOnExit();
            }
            spilled = null;
            read = 0;
            written = 0;
        }
    }
}
