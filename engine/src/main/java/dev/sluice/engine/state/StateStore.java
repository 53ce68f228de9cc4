package dev.sluice.engine.state;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /**
     * Replaces the progress of one split of the stream's unfinished read. The rejected records that {@link #markRejects}
     * said it would cover count from now on, in the same step (I7).
     */
    void saveProgress(StreamId stream, String splitId, SplitProgress progress);

    /** Keeps rejected records of a part of a read that is not committed yet. They do not count before it is. */
    void saveRejects(Job job, ReadPart part, List<RejectedRecord> records);

    /** Says which progress of the split will cover the records that were kept since the last one. */
    void markRejects(ReadPart part, SplitProgress progress);

    /**
     * Goes on with a read that was interrupted: of its rejected records those count that the progress covers, and no
     * others are kept (I7).
     *
     * @param confirmed how far its splits are committed
     */
    void settleRejects(StreamId stream, long readId, Map<String, SplitProgress> confirmed);

    /** Forgets the rejected records of a read that is discarded, and all that no commit covers. */
    void discardRejects(StreamId stream, long readId);

    /** A copy of the stream took the place of all older ones: nobody has to look after what was rejected of these. */
    void supersedeRejects(StreamId stream, long generation);

    /** The rejected records of a read that count. */
    long countRejects(StreamId stream, long readId);

    /** Says that a job will write these rejected records in one commit: before it does. */
    void claimRejects(long jobId, Collection<Long> records);

    /**
     * Settles the jobs that said they would write rejected records of a stream, as the destination has it: those of a job
     * that was published are replayed, the others still count as rejected (I7).
     *
     * @param publishedId the last job that was published at the destination; 0 if none was
     */
    void settleReplays(StreamId stream, long publishedId);

    /** A record was tried again and rejected once more, maybe for another reason. */
    void rejectAgain(long record, RejectedRecord again);
}
