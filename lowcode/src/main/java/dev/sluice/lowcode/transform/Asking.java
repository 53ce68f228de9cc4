package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Values;
import java.util.Map;
import java.util.Optional;

/** Asks the service of a stream something more about a record. */
public interface Asking {
    /** Where there is no service to be asked. */
    Asking NONE = new Asking() {
        @Override
        public Optional<Object> ask(Component request, StreamSlice slice) {
            throw request.wrong("type", "cannot send requests here");
        }

        @Override
        public boolean holds(String condition, StreamSlice slice) {
            return false;
        }
    };

    /**
     * Sends the request of the stream with other fields.
     *
     * @param request the fields that differ
     * @param slice what templates see; its extra fields are variables
     * @return the answer as JSON; empty if it is an error that is passed over
     */
    Optional<Object> ask(Component request, StreamSlice slice);

    /** True if a condition over the same variables holds. */
    boolean holds(String condition, StreamSlice slice);

    /** A slice in whose templates a record is seen. */
    static StreamSlice about(StreamSlice slice, Map<Object, Object> record) {
        return slice.withExtra("record", Values.copy(record));
    }
}
