package dev.sluice.engine.shelf;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rejected records that are kept, of some connections, however they stand. */
public interface RejectEntries {
    /**
     * A record.
     *
     * @param id its number
     * @param where what rejected it
     * @param state how it stands: open, replayed, void
     * @param at when it was rejected
     * @param record what is kept of it
     */
    record Entry(long id, Where where, String state, Instant at, RejectedRecord record) {}

    /**
     * What rejected a record.
     *
     * @param connection the name of the connection
     * @param run the number of the run
     * @param stream the stream
     * @param object the object that its rows become; null if they are copied
     */
    record Where(
            String connection,
            long run,
            StreamId stream,
            @Nullable String object) {}

    /** The next ones; none once all were told. */
    List<Entry> next();
}
