package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import java.util.Iterator;
import java.util.Map;

/** A stream whose records are the partitions of another. */
public interface Parent {
    /** Its name. */
    String name();

    /** Its records from a state on, with the slice that each is of. */
    Iterator<Row> read(Object state);

    /** Its state after {@link #read} came to its end. */
    Object state();

    /**
     * A record.
     *
     * @param slice the slice that it is of
     * @param record the record
     */
    record Row(StreamSlice slice, Map<Object, Object> record) {}

    /** Makes parents from their definitions. */
    @FunctionalInterface
    interface Maker {
        /** The stream of a parent configuration. */
        Parent of(Component stream);
    }
}
