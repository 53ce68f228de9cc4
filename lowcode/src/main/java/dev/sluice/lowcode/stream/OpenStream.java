package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.cursor.StreamCursor;
import dev.sluice.lowcode.partition.Router;
import dev.sluice.lowcode.slice.StreamSlice;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stream that is being read: its slices, the pages of each, and where it stands. Used by one thread. */
public final class OpenStream {
    private final Router router;
    private final StreamCursor cursor;
    private final Retriever retriever;

    OpenStream(Router router, StreamCursor cursor, Retriever retriever) {
        this.router = router;
        this.cursor = cursor;
        this.retriever = retriever;
    }

    /** Where it stands. */
    public StreamCursor cursor() {
        return cursor;
    }

    /** Its slices, as they are found. A partition that comes twice counts once. */
    public Iterator<StreamSlice> slices() {
        return new Slices();
    }

    private final class Slices implements Iterator<StreamSlice> {
        private final Iterator<StreamSlice> partitions = router.partitions();
        private final Set<String> seen = new HashSet<>();
        private Iterator<StreamSlice> open = Collections.emptyIterator();

        @Override
        public boolean hasNext() {
            while (!open.hasNext()) {
                if (!partitions.hasNext()) {
                    return false;
                }
                StreamSlice partition = partitions.next();
                boolean isNew = cursor.equals(StreamCursor.NONE) || seen.add(partition.partitionKey());
                List<StreamSlice> divided = isNew ? cursor.slices(partition) : List.of();
                open = divided.stream()
                        .flatMap(slice -> retriever.divide(slice).stream())
                        .iterator();
            }
            return true;
        }

        @Override
        public StreamSlice next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return open.next();
        }
    }

    /** The records of a slice, page by page. The cursor sees each when it is handed out. */
    public Iterator<List<Map<Object, Object>>> pages(StreamSlice slice) {
        return new Pages(slice);
    }

    private final class Pages implements Iterator<List<Map<Object, Object>>> {
        private final StreamSlice slice;
        private final Iterator<Retriever.Page> pages;
        private @Nullable List<Map<Object, Object>> next;

        Pages(StreamSlice slice) {
            this.slice = slice;
            this.pages = retriever.read(slice);
        }

        @Override
        public boolean hasNext() {
            while (next == null && pages.hasNext()) {
                List<Map<Object, Object>> records = pages.next().records();
                next = records.isEmpty() ? null : records;
            }
            return next != null;
        }

        @Override
        public List<Map<Object, Object>> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<Map<Object, Object>> records = Objects.requireNonNull(next);
            next = null;
            records.forEach(record -> cursor.observe(slice, record));
            return records;
        }
    }
}
