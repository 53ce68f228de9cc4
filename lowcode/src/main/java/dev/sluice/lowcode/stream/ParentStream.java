package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.cursor.StreamCursor;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.partition.Parent;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A stream as the parent of another. */
final class ParentStream implements Parent {
    private final Component definition;
    private final StreamBuilder builder;
    private @Nullable OpenStream open;

    ParentStream(Component definition, StreamBuilder builder) {
        this.definition = definition;
        this.builder = builder;
    }

    @Override
    public String name() {
        return definition.text("name", "");
    }

    @Override
    public Iterator<Row> read(Object state) {
        OpenStream stream = builder.open(definition, !(state instanceof None), state);
        open = stream;
        return new Rows(stream);
    }

    @Override
    public Object state() {
        OpenStream stream = open;
        return stream == null ? None.NONE : stream.cursor().state();
    }

    private static final class Rows implements Iterator<Row> {
        private final OpenStream stream;
        private final StreamCursor cursor;
        private final Iterator<StreamSlice> slices;
        private StreamSlice slice = StreamSlice.WHOLE;
        private boolean inSlice;
        private Iterator<Page> pages = Collections.emptyIterator();
        private Iterator<Map<Object, Object>> records = Collections.emptyIterator();

        Rows(OpenStream stream) {
            this.stream = stream;
            this.cursor = stream.cursor();
            this.slices = stream.slices();
        }

        @Override
        public boolean hasNext() {
            while (!records.hasNext()) {
                if (pages.hasNext()) {
                    records = pages.next().records().iterator();
                    continue;
                }
                if (inSlice) {
                    cursor.close(slice);
                    inSlice = false;
                }
                if (!slices.hasNext()) {
                    cursor.finish();
                    return false;
                }
                slice = slices.next();
                inSlice = true;
                pages = stream.pages(slice);
            }
            return true;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return new Row(slice, records.next());
        }
    }
}
