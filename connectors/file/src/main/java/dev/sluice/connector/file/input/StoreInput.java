package dev.sluice.connector.file.input;

import dev.sluice.connector.file.bytes.BlockInput;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.connector.file.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one version of an object, taken up again where the connection broke. Less than the whole object is an
 * error, never an end.
 */
final class StoreInput extends BlockInput {
    private static final int MOST_BREAKS_WITHOUT_PROGRESS = 4;

    private final ObjectStore store;
    private final StoredObject object;
    private long position;
    private volatile @Nullable InputStream body;
    private volatile boolean closed;
    private int breaks;

    StoreInput(ObjectStore store, StoredObject object, long from) {
        this.store = store;
        this.object = object;
        this.position = from;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position < object.size()) {
            try {
                InputStream from = open();
                int count = from.read(target, offset, (int) Math.min(length, object.size() - position));
                if (count < 0) {
                    throw new IOException("the store sent " + position + " of " + object.size() + " bytes");
                }
                position += count;
                breaks = 0;
                return count;
            } catch (IOException broken) {
                takeUpAgain(broken);
            }
        }
        return -1;
    }

    private InputStream open() throws IOException {
        requireOpen();
        InputStream from = body;
        if (from == null) {
            from = store.open(object, position);
            body = from;
            if (closed) {
                from.close();
            }
        }
        return from;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("reading was stopped");
        }
    }

    private void takeUpAgain(IOException broken) throws IOException {
        requireOpen();
        closeBody();
        breaks++;
        if (breaks > MOST_BREAKS_WITHOUT_PROGRESS) {
            throw StoreProblems.failed(
                            store.addressOf(object.key()),
                            "the connection breaks again and again, after " + position + " bytes: "
                                    + broken.getMessage())
                    .exception(broken);
        }
    }

    private void closeBody() {
        InputStream open = body;
        body = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException alreadyBroken) {
                // it is given up anyway
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        closeBody();
    }
}
