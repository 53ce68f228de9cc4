package dev.sluice.engine.state;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.util.List;
import java.util.Optional;

/**
 * Where the engine keeps what it remembers of one connection. Every call is durable when it returns. Methods may be
 * called by several threads at once.
 */
public interface StateStore {
    /** The connection's identity, unique in the world; the same at every call. */
    String connectionId();

    /**
     * Begins a job, or takes up again the one that was under way when the process died.
     *
     * @return the job; its attempt is above 0 if it was taken up again
     */
    Job beginJob();

    /**
     * Ends a job in good order, whatever its outcome.
     *
     * @param outcome a word for the history
     */
    void endJob(Job job, String outcome);

    /** The streams as they were when their tables were last made, in any order. */
    List<CatalogStream> knownStreams();

    /** Remembers a stream as its table is made now. */
    void saveKnown(CatalogStream stream);

    /** Forgets how a stream was; it counts as a new one from now on. */
    void forgetKnown(StreamId stream);

    /** How often the attempts at a stream have failed in a job. */
    FailureCount failures(Job job, StreamId stream);

    /** Replaces that count; the end of the job forgets it. */
    void saveFailures(Job job, StreamId stream, FailureCount failures);

    /** The state of a stream. */
    Optional<StreamState> stream(StreamId stream);

    /** The states of all streams. */
    List<StreamState> streams();

    /** Replaces the state of a stream. */
    void save(StreamState state);

    /** Replaces the progress of one split of the stream's unfinished read. */
    void saveProgress(StreamId stream, String splitId, SplitProgress progress);

    /**
     * Keeps rejected records of a job. A record of the same stream and place as an earlier one of this job replaces it.
     */
    void saveRejects(Job job, StreamId stream, List<RejectedRecord> records);
}
