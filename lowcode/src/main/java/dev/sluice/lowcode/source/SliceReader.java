package dev.sluice.lowcode.source;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.stream.OpenStream;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.SplitReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the slices of a stream one after the other. A batch ends with a slice where that is possible, so that an
 * interrupted read goes on with the slices that are still missing.
 */
final class SliceReader implements SplitReader {
    private final ReentrantLock lock = new ReentrantLock();
    private final OpenStream stream;
    private final Surroundings surroundings;
    private final BatchFiller filler;
    private final Map<Object, Object> closed = new LinkedHashMap<>();
    private @Nullable Iterator<StreamSlice> slices;
    private @Nullable StreamSlice slice;
    private Ahead<List<Map<Object, Object>>> pages = new Ahead<>(Collections.emptyIterator());
    private Iterator<Map<Object, Object>> records = Collections.emptyIterator();
    private boolean finished;
    private @Nullable Thread reading;

    SliceReader(OpenStream stream, Surroundings surroundings, BatchFiller filler, @Nullable String after) {
        this.stream = stream;
        this.surroundings = surroundings;
        this.filler = filler;
        if (after != null) {
            closed.putAll(Values.mapOrEmpty(Values.member(JsonValues.read(after), "closed")));
        }
    }

    @Override
    public @Nullable RecordBatch read() {
        enter();
        try {
            while (!finished && !filler.isFull()) {
                surroundings.requireWanted();
                if (records.hasNext()) {
                    filler.add(records.next());
                } else if (pages.hasNext()) {
                    records = pages.next().iterator();
                } else {
                    turn();
                }
            }
            return filler.isEmpty() ? null : filler.build(surroundings.clock());
        } finally {
            leave();
        }
    }

    /** Ends the open slice and goes on to the next one that was not read yet. */
    private void turn() {
        StreamSlice open = slice;
        if (open != null) {
            closed.put(digest(open), stream.cursor().close(open));
            slice = null;
        }
        Iterator<StreamSlice> all = slices;
        if (all == null) {
            all = stream.slices();
            slices = all;
        }
        while (all.hasNext()) {
            StreamSlice next = all.next();
            Object done = closed.get(digest(next));
            if (done == null) {
                slice = next;
                pages = new Ahead<>(stream.pages(next));
                return;
            }
            stream.cursor().closeAgain(next, done);
        }
        stream.cursor().finish();
        finished = true;
    }

    /** Which slice it is, in a few characters. */
    private static String digest(StreamSlice slice) {
        try {
            byte[] whole =
                    MessageDigest.getInstance("SHA-256").digest(slice.key().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, 12));
        } catch (GeneralSecurityException missing) {
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "this Java has no SHA-256")
                    .exception(missing);
        }
    }

    private void enter() {
        lock.lock();
        try {
            reading = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            reading = null;
        } finally {
            lock.unlock();
        }
    }

    /** The slices that were read; nothing in the middle of one. */
    @Override
    public @Nullable String position() {
        boolean between = slice == null || (!records.hasNext() && !pages.hasNext());
        if (!between) {
            return null;
        }
        StreamSlice open = slice;
        if (open != null) {
            closed.put(digest(open), stream.cursor().close(open));
            slice = null;
        }
        return JsonValues.write(new LinkedHashMap<>(Map.of("closed", closed)));
    }

    /** The state of the stream. */
    @Override
    public String end() {
        return JsonValues.write(stream.cursor().state());
    }

    @Override
    public long reportedRows() {
        return NOT_REPORTED;
    }

    @Override
    public void cancel() {
        surroundings.stop();
        lock.lock();
        try {
            if (reading != null) {
                reading.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        surroundings.stop();
        pages.stop();
    }
}
