package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.slice.StreamSlice;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/** Partitions in another shape, as they are found. */
record Mapped(Iterator<StreamSlice> slices, UnaryOperator<StreamSlice> shape) implements Iterator<StreamSlice> {
    @Override
    public boolean hasNext() {
        return slices.hasNext();
    }

    @Override
    public StreamSlice next() {
        return shape.apply(slices.next());
    }
}
