package dev.sluice.engine.shelf;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rejected records of a connection of which no file tells yet. Those that were only counted are none of them. */
public interface RejectSupply {
    /**
     * Records that lie in one folder.
     *
     * @param job what the run that rejected them is called
     * @param stream their stream
     */
    record Part(String job, StreamId stream) {}

    /**
     * A record.
     *
     * @param id its number, which grows
     * @param at when it was rejected
     * @param record what is kept of it
     */
    record Kept(long id, Instant at, RejectedRecord record) {}

    /** A part of which there are records; empty once there is none. */
    Optional<Part> next();

    /** Records of a part that count, in the order of their numbers. */
    List<Kept> records(Part part, long after, int most);

    /** Says that a file tells of records: they are supplied no more. */
    void shelved(Collection<Long> ids);
}
