package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.cursor.StreamCursor;
import dev.sluice.lowcode.partition.Router;
import dev.sluice.lowcode.slice.StreamSlice;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is being read: its slices, the pages of each, and where it stands. Slices are found by one thread at a time;
 * several may be read at the same time.
 */
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

    /** How many of its slices are read at the same time. */
    public int lanes() {
        return retriever.lanes();
    }

    /** The pages of a slice that have records. The cursor sees each when it is handed out. */
    public Iterator<Page> pages(StreamSlice slice) {
        return new Pages(slice);
    }

    /** All pages of a slice, also those without records, none before it is asked for. The cursor sees each. */
    public Iterator<Page> allPages(StreamSlice slice) {
        Iterator<Page> pages = retriever.read(slice);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public Page next() {
                Page page = pages.next();
                cursor.observe(slice, page.records());
                return page;
            }
        };
    }

    private final class Pages implements Iterator<Page> {
        private final StreamSlice slice;
        private final Iterator<Page> pages;
        private @Nullable Page next;

        Pages(StreamSlice slice) {
            this.slice = slice;
            this.pages = retriever.read(slice);
        }

        @Override
        public boolean hasNext() {
            while (next == null && pages.hasNext()) {
                Page page = pages.next();
                next = page.records().isEmpty() ? null : page;
            }
            return next != null;
        }

        @Override
        public Page next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Page page = Objects.requireNonNull(next);
            next = null;
            cursor.observe(slice, page.records());
            return page;
        }
    }
}
