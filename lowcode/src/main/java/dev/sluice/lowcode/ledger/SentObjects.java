package dev.sluice.lowcode.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What each object looked like when it was sent last: a number for its key and one for its fields, 16 bytes an object in a file and 32
 * in memory. Pairs are only added to the file; the last one of a key counts. An entry that was lost makes its object
 * be sent once more, and no more than that. Thread-safe.
 */
final class SentObjects implements AutoCloseable {
    private static final int PAIR = 16;
    private static final int FIRST = 1 << 10;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteBuffer pending = ByteBuffer.allocate(BUFFER);
    private FileChannel channel;
    private long[] keys = new long[FIRST];
    private long[] looks = new long[FIRST];
    private int size;

    private SentObjects(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens the memory in a file, which may not be there yet. */
    static SentObjects open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        SentObjects sent = new SentObjects(file, channel);
        long pairs = sent.load();
        if (pairs > 2L * sent.size + FIRST) {
            sent.compact();
        }
        return sent;
    }

    private long load() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long whole = channel.size() / PAIR * PAIR;
        channel.truncate(whole); // a pair that was cut off
        channel.position(0);
        while (channel.read(buffer) >= 0 || buffer.position() > 0) {
            buffer.flip();
            if (buffer.remaining() < PAIR) {
                break;
            }
            while (buffer.remaining() >= PAIR) {
                set(buffer.getLong(), buffer.getLong());
            }
            buffer.compact();
        }
        channel.position(whole);
        return whole / PAIR;
    }

    private void compact() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        FileChannel other = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        FileChannel old = channel;
        channel = other;
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0 && looks[i] != 0) {
                put(keys[i], looks[i]);
            }
        }
        drain();
        other.force(false);
        old.close();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** True if the object of a key was sent just so. */
    boolean has(long key, long look) {
        lock.lock();
        try {
            return looks[slot(key)] == look && keys[slot(key)] == key;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets how an object looked that is about to be sent otherwise: until it has arrived nobody knows. */
    void changing(long key) throws IOException {
        lock.lock();
        try {
            int slot = slot(key);
            if (keys[slot] == key && looks[slot] != 0) {
                looks[slot] = 0;
                put(key, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Remembers an object that has arrived. */
    void sent(long key, long look) throws IOException {
        lock.lock();
        try {
            set(key, look);
            put(key, look);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all. */
    void clear() throws IOException {
        lock.lock();
        try {
            pending.clear();
            keys = new long[FIRST];
            looks = new long[FIRST];
            size = 0;
            channel.truncate(0);
            channel.position(0);
        } finally {
            lock.unlock();
        }
    }

    /** Hands everything to the operating system, so that it outlives this process. */
    void flush() throws IOException {
        lock.lock();
        try {
            drain();
        } finally {
            lock.unlock();
        }
    }

    /** Makes everything outlive this machine. */
    void force() throws IOException {
        lock.lock();
        try {
            drain();
            channel.force(false);
        } finally {
            lock.unlock();
        }
    }

    private void put(long key, long look) throws IOException {
        if (pending.remaining() < PAIR) {
            drain();
        }
        pending.putLong(key).putLong(look);
    }

    private void drain() throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            channel.write(pending);
        }
        pending.clear();
    }

    private void set(long key, long look) {
        int slot = slot(key);
        if (keys[slot] != key) {
            keys[slot] = key;
            size++;
        }
        looks[slot] = look;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldLooks = looks;
        keys = new long[oldKeys.length * 2];
        looks = new long[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                looks[slot] = oldLooks[i];
            }
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key ^ (key >>> 32)) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            drain();
        } finally {
            try {
                channel.close();
            } finally {
                lock.unlock();
            }
        }
    }
}
