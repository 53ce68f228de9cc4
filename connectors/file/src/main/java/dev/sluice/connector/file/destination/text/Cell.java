package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column, batch by batch. */
abstract class Cell {
    /** Takes the next batch. */
    abstract void bind(RecordBatch batch);

    /** True if a row has no value. */
    abstract boolean isNull(int row);

    /** Writes the value of a row that has one. Called once for each row, in order within a partition. */
    abstract void append(int row, LineSink out);

    /** A cell that always has a value. */
    abstract static class Always extends Cell {
        @Override
        final boolean isNull(int row) {
            return false;
        }
    }

    /** A cell without values, of a field that no longer comes. */
    static final class Empty extends Cell {
        @Override
        void bind(RecordBatch batch) {
            // There is nothing to take.
        }

        @Override
        boolean isNull(int row) {
            return true;
        }

        @Override
        void append(int row, LineSink out) {
            throw new IllegalStateException("there is no value");
        }
    }

    /** A cell with the value of a field. */
    abstract static class OfField<C extends Column> extends Cell {
        private final int index;
        private final Class<C> layout;
        private boolean gaps;
        private @Nullable C column;

        OfField(int index, Class<C> layout) {
            this.index = index;
            this.layout = layout;
        }

        @Override
        final void bind(RecordBatch batch) {
            C next = layout.cast(batch.column(index));
            column = next;
            gaps = next.hasNulls() || next.hasUnchanged();
            take(next);
        }

        /** Takes the column of the next batch. */
        abstract void take(C next);

        @Override
        final boolean isNull(int row) {
            return gaps && column != null && !column.isPresent(row);
        }
    }

    /** A cell that puts something around what another one writes, or mends it. */
    abstract static class Around extends Cell {
        private final Cell inner;

        Around(Cell inner) {
            this.inner = inner;
        }

        @Override
        final void bind(RecordBatch batch) {
            inner.bind(batch);
        }

        @Override
        final boolean isNull(int row) {
            return inner.isNull(row);
        }

        /** Writes what stands inside. */
        final void appendInner(int row, LineSink out) {
            inner.append(row, out);
        }
    }

    /** A cell with the same bytes in each row. */
    static final class Constant extends Always {
        private final byte[] bytes;

        Constant(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        void bind(RecordBatch batch) {
            // It is the same for all.
        }

        @Override
        void append(int row, LineSink out) {
            ByteSink buffer = out.buffer();
            buffer.put(bytes, 0, bytes.length);
        }
    }
}
