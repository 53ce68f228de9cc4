package dev.sluice.connector.file.input;

import dev.sluice.connector.file.bytes.BlockInput;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a file on the web, taken up again where it broke off.
 *
 * <p>A watch of its own closes the connection when the server is silent for too long, since a read cannot be given a
 * time limit. A body that is shorter than the server said is an error, never an end.
 */
final class WebInput extends BlockInput {
    private static final int MOST_BREAKS_WITHOUT_PROGRESS = 4;

    private final WebFiles files;
    private final SourceFile file;
    private final Duration idleTimeout;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable InputStream body;
    private boolean reading;
    private long reads;
    private boolean closed;

    /** The first byte that the reader has not got yet. */
    private long position;

    /** The next byte of the body; before {@link #position} in the answer of a server that knows no ranges. */
    private long bodyAt;

    /** True once the reader got a byte. */
    private boolean begun;

    private int breaks;

    WebInput(WebFiles files, SourceFile file, long from, Duration idleTimeout) {
        this.files = files;
        this.file = file;
        this.position = from;
        this.idleTimeout = idleTimeout;
        Thread.ofVirtual().name("sluice watch " + file.name()).start(this::watch);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (true) {
            // A server has no answer to a request for what comes behind the last byte.
            if (file.size() != SourceFile.UNKNOWN && position == file.size()) {
                return -1;
            }
            try {
                InputStream from = open();
                long unwanted = position - bodyAt;
                int count = from.read(target, offset, unwanted > 0 ? (int) Math.min(unwanted, length) : length);
                finished();
                if (count < 0) {
                    requireWhole(bodyAt);
                    return -1;
                }
                bodyAt += count;
                if (unwanted > 0) {
                    continue;
                }
                position += count;
                begun = true;
                breaks = 0;
                files.requireAllowed(position);
                return count;
            } catch (IOException broken) {
                finished();
                takeUpAgain(broken);
            }
        }
    }

    private InputStream open() throws IOException {
        lock.lock();
        try {
            requireOpen();
            reading = true;
            reads++;
            changed.signalAll();
            if (body != null) {
                return body;
            }
        } finally {
            lock.unlock();
        }
        WebFiles.Body opened = files.body(file, position, begun);
        lock.lock();
        try {
            body = opened.content();
            bodyAt = opened.from();
            return opened.content();
        } finally {
            lock.unlock();
        }
    }

    private void finished() {
        lock.lock();
        try {
            reading = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the download was stopped");
        }
    }

    private void requireWhole(long arrived) {
        if (arrived < position || (file.size() != SourceFile.UNKNOWN && arrived != file.size())) {
            throw Problem.of("E_HTTP_TRUNCATED", ProblemKind.TRANSIENT, "the server sent less than the whole file")
                    .at(file.name())
                    .because(arrived + " of " + Math.max(file.size(), position) + " bytes arrived")
                    .exception();
        }
    }

    private void takeUpAgain(IOException broken) throws IOException {
        lock.lock();
        try {
            requireOpen();
            if (body != null) {
                closeQuietly(body);
                body = null;
            }
        } finally {
            lock.unlock();
        }
        breaks++;
        if (breaks > MOST_BREAKS_WITHOUT_PROGRESS) {
            throw broke(broken);
        }
    }

    private ProblemException broke(IOException broken) {
        return Problem.of("E_HTTP_BROKEN", ProblemKind.TRANSIENT, "the download breaks off again and again")
                .at(file.name())
                .because("after " + position + " bytes: " + broken.getMessage())
                .exception(broken);
    }

    /** Waits beside the reader and closes what it reads when one read takes too long. */
    private void watch() {
        lock.lock();
        try {
            while (!closed) {
                if (!reading) {
                    changed.await();
                    continue;
                }
                long watched = reads;
                long left = idleTimeout.toNanos();
                while (left > 0 && !closed && reading && reads == watched) {
                    left = changed.awaitNanos(left);
                }
                if (reading && reads == watched && body != null && !closed) {
                    closeQuietly(body);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException alreadyBroken) {
            // it is given up anyway
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (body != null) {
                closeQuietly(body);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
