package dev.sluice.connector.file.input;

import dev.sluice.connector.file.bytes.BlockInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a thread of its own reads ahead, so that whoever waits for it can be released: a read of standard input
 * cannot be interrupted.
 */
final class PumpedInput extends BlockInput {
    private static final int PART_BYTES = 256 << 10;
    private static final int MOST_PARTS = 4;

    private final InputStream slow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> parts = new ArrayDeque<>();
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;
    private int at;

    PumpedInput(InputStream slow) {
        this.slow = slow;
        Thread.ofPlatform().name("sluice stdin").daemon(true).start(this::pump);
    }

    private void pump() {
        byte[] buffer = new byte[PART_BYTES];
        try {
            boolean wanted = true;
            while (wanted) {
                int count = slow.read(buffer, 0, buffer.length);
                wanted = count >= 0 && offer(Arrays.copyOf(buffer, count));
            }
            end(null);
        } catch (IOException broken) {
            end(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean offer(byte[] part) throws InterruptedException {
        lock.lock();
        try {
            while (parts.size() >= MOST_PARTS && !closed) {
                changed.await();
            }
            if (part.length > 0) {
                parts.addLast(part);
            }
            changed.signalAll();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable IOException broken) {
        lock.lock();
        try {
            ended = true;
            failure = broken;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            while (parts.isEmpty() && !ended && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                throw new IOException("reading was stopped");
            }
            byte[] part = parts.peekFirst();
            if (part == null) {
                if (failure != null) {
                    throw failure;
                }
                return -1;
            }
            int count = Math.min(length, part.length - at);
            System.arraycopy(part, at, target, offset, count);
            at += count;
            if (at == part.length) {
                parts.removeFirst();
                at = 0;
                changed.signalAll();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Releases whoever waits. What the thread reads at this moment is lost, so nobody reads on afterwards. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
