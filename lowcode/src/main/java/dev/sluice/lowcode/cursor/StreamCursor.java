package dev.sluice.lowcode.cursor;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Divides partitions by time, and keeps where the stream stands. Thread-safe, as several slices are read at the same time. */
public interface StreamCursor {
    /** The slices of a partition; the partition itself if nothing divides it. */
    List<StreamSlice> slices(StreamSlice partition);

    /** Puts the bounds of a slice into a request. */
    default void inject(StreamSlice slice, Options options) {}

    /** Sees records of a slice. */
    default void observe(StreamSlice slice, List<Map<Object, Object>> records) {}

    /** A slice was read to its end. Returns what {@link #closeAgain} needs in order to do the same once more. */
    default Object close(StreamSlice slice) {
        return None.NONE;
    }

    /** A slice that was read to its end in an earlier attempt. */
    default void closeAgain(StreamSlice slice, Object what) {}

    /** True unless the record is one that the cursor leaves out by itself. */
    default boolean wants(Map<Object, Object> record, StreamSlice slice) {
        return true;
    }

    /** True if nothing new comes after this record, as the service tells the newest first. */
    default boolean endsWith(Object record, StreamSlice slice) {
        return false;
    }

    /** True if records are filtered here and not by the service. */
    default boolean filtersHere() {
        return false;
    }

    /** The time of a record, if the cursor knows one. */
    default Optional<Moment> at(Map<Object, Object> record) {
        return Optional.empty();
    }

    /** The rest of a slice from a time on. */
    default StreamSlice from(StreamSlice slice, Moment begin) {
        return slice;
    }

    /** Everything was read: what holds for the whole stream becomes its state. */
    default void finish() {}

    /** The state in the shape of the Airbyte protocol. */
    Object state();

    /** A stream that is read as a whole each time. */
    StreamCursor NONE = new StreamCursor() {
        @Override
        public List<StreamSlice> slices(StreamSlice partition) {
            return List.of(partition);
        }

        @Override
        public Object state() {
            return Map.of("__ab_no_cursor_state_message", true);
        }
    };
}
