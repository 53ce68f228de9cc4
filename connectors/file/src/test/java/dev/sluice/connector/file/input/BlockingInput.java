package dev.sluice.connector.file.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** Gives some bytes and then nothing until it is closed, as a connection does whose other side is silent. */
final class BlockingInput extends InputStream {
    private final ByteArrayInputStream first;
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    BlockingInput(byte[] first) {
        this.first = new ByteArrayInputStream(first);
    }

    /** Waits until a reader waits. */
    void awaitReader() {
        await(waiting);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = first.read(target, offset, length);
        if (count < 0) {
            waiting.countDown();
            await(closed);
            throw new IOException("closed");
        }
        return count;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
