package dev.sluice.lowcode.source;

import dev.sluice.lowcode.http.Concurrency;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.stream.OpenStream;
import dev.sluice.lowcode.stream.Page;
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
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the slices of a stream, several at the same time. A safe point is where no slice is half taken; when somebody wants
 * one, a batch ends there, so that an interrupted read goes on with the slices that are still missing.
 */
final class SliceReader implements SplitReader {
    private final ReentrantLock lock = new ReentrantLock();
    private final OpenStream stream;
    private final Surroundings surroundings;
    private final BatchFiller filler;
    private final Supplier<Concurrency.Turn> turns;
    private final Map<Object, Object> closed = new LinkedHashMap<>();
    private final SliceLanes lanes;
    private @Nullable Iterator<StreamSlice> slices;
    private Concurrency.@Nullable Turn turn;
    private Iterator<Map<Object, Object>> records = Collections.emptyIterator();
    private boolean finished;
    private @Nullable Thread reading;

    /**
     * A reader.
     *
     * @param turns waits until the stream may be read
     * @param after where to go on; null for the beginning
     */
    SliceReader(
            OpenStream stream,
            Surroundings surroundings,
            BatchFiller filler,
            Supplier<Concurrency.Turn> turns,
            @Nullable String after) {
        this.stream = stream;
        this.surroundings = surroundings;
        this.filler = filler;
        this.turns = turns;
        Map<Object, Object> before =
                after == null ? Map.of() : Values.mapOrEmpty(Values.member(JsonValues.read(after), "closed"));
        closed.putAll(before);
        lanes = new SliceLanes(new Missing(before), stream::pages, stream.lanes());
    }

    /** The slices that were not read yet, each once. Those that were count as they did then. */
    private final class Missing implements Iterator<StreamSlice> {
        private final Map<Object, Object> before;
        private final Set<String> known = new HashSet<>();
        private @Nullable StreamSlice next;

        Missing(Map<Object, Object> before) {
            this.before = Map.copyOf(before);
        }

        @Override
        public boolean hasNext() {
            Iterator<StreamSlice> all = slices;
            if (all == null) {
                all = stream.slices();
                slices = all;
            }
            while (next == null && all.hasNext()) {
                surroundings.requireWanted();
                StreamSlice slice = all.next();
                String digest = digest(slice);
                Object done = before.get(digest);
                if (!known.add(digest)) {
                    continue;
                }
                if (done == null) {
                    next = slice;
                } else {
                    stream.cursor().closeAgain(slice, done);
                }
            }
            return next != null;
        }

        @Override
        public StreamSlice next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            StreamSlice slice = Objects.requireNonNull(next);
            next = null;
            return slice;
        }
    }

    @Override
    public @Nullable RecordBatch read() {
        enter();
        try {
            if (turn == null) {
                turn = turns.get();
            }
            while (!finished && !filler.isFull()) {
                surroundings.requireWanted();
                if (records.hasNext()) {
                    filler.add(records.next());
                } else if (!filler.isEmpty() && lanes.isClosed()) {
                    break;
                } else {
                    step();
                }
            }
            return filler.isEmpty() ? null : filler.build(surroundings.clock());
        } finally {
            leave();
        }
    }

    private void step() {
        switch (lanes.take()) {
            case SliceLanes.Event.Records(Page page) -> records = page.records().iterator();
            case SliceLanes.Event.End(StreamSlice slice) ->
                closed.put(digest(slice), stream.cursor().close(slice));
            case null -> {
                stream.cursor().finish();
                finished = true;
            }
        }
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
        lanes.close();
        enter();
        try {
            while (!records.hasNext() && lanes.isOpen()) {
                step();
            }
        } finally {
            leave();
        }
        if (records.hasNext()) {
            return null;
        }
        lanes.reopen();
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
        lanes.stop();
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
        lanes.stop();
        Concurrency.Turn held = turn;
        if (held != null) {
            held.close();
        }
    }
}
