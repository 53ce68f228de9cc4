package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.slice.StreamSlice;
import java.util.Iterator;
import java.util.List;

/** Gets the records of slices. */
interface Retriever {
    /** The pages of a slice. */
    Iterator<Page> read(StreamSlice slice);

    /** Divides a slice further, where the way of reading wants it. */
    default List<StreamSlice> divide(StreamSlice slice) {
        return List.of(slice);
    }

    /** How many slices are read at the same time. */
    int lanes();
}
