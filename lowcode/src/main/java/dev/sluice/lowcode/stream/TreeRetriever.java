package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.cursor.StreamCursor;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that have children of the same kind, which are asked for as a partition of their own: the children come before
 * their parent. What the cursor leaves out is looked at all the same, as its children may be new.
 */
final class TreeRetriever implements Retriever {
    private static final int FULL_PAGE = 500;

    private final Component component;
    private final Retriever retriever;
    private final StreamCursor cursor;

    TreeRetriever(Component component, Retriever retriever, StreamCursor cursor) {
        this.component = component;
        this.retriever = retriever;
        this.cursor = cursor;
    }

    @Override
    public Iterator<Page> read(StreamSlice slice) {
        return new Pages(slice);
    }

    @Override
    public int lanes() {
        return retriever.lanes();
    }

    /** The children of one record, or those that lie at the top. */
    private static final class Level {
        private final Iterator<Page> pages;
        private Iterator<Map<Object, Object>> records = Collections.emptyIterator();
        private @Nullable Map<Object, Object> open;
        private long place = -1;
        private long bytes;

        Level(Iterator<Page> pages) {
            this.pages = pages;
        }

        /** The next record; null at the end. */
        @Nullable
        Map<Object, Object> next() {
            while (!records.hasNext() && pages.hasNext()) {
                Page page = pages.next();
                bytes += page.bytes();
                records = page.records().iterator();
            }
            place++;
            return records.hasNext() ? records.next() : null;
        }

        /** The bytes that were read since this was asked last. */
        long taken() {
            long taken = bytes;
            bytes = 0;
            return taken;
        }
    }

    private final class Pages implements Iterator<Page> {
        private final StreamSlice slice;
        private final Deque<Level> levels = new ArrayDeque<>();
        private final long most = component.whole("most_levels").orElse(30);

        Pages(StreamSlice slice) {
            this.slice = slice;
            levels.push(new Level(retriever.read(slice)));
        }

        @Override
        public boolean hasNext() {
            return !levels.isEmpty();
        }

        @Override
        public Page next() {
            if (levels.isEmpty()) {
                throw new NoSuchElementException();
            }
            List<Map<Object, Object>> records = new ArrayList<>();
            long bytes = 0;
            while (!levels.isEmpty() && records.size() < FULL_PAGE) {
                Level level = levels.getFirst();
                step(records);
                bytes += level.taken();
            }
            return new Page(records, bytes);
        }

        private void step(List<Map<Object, Object>> records) {
            Level level = levels.getFirst();
            Map<Object, Object> record = level.open;
            if (record == null) {
                record = level.next();
                if (record == null) {
                    levels.pop();
                    return;
                }
                if (Values.truthy(Values.member(record, component.text("has_children"))) && levels.size() <= most) {
                    level.open = record;
                    levels.push(new Level(retriever.read(children(record))));
                    return;
                }
            }
            level.open = null;
            if (record.get(component.text("numbered_in")) instanceof Map<?, ?> parent) {
                Values.asMap(parent).put(component.text("number"), level.place);
            }
            if (cursor.wants(record, slice)) {
                records.add(record);
            }
        }

        private StreamSlice children(Map<Object, Object> record) {
            Map<Object, Object> partition = new LinkedHashMap<>();
            partition.put(component.text("partition_field"), Values.member(record, "id"));
            partition.put("parent_slice", new LinkedHashMap<>());
            return new StreamSlice(partition, slice.cursor(), Map.of());
        }
    }
}
