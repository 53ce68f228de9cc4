package dev.sluice.engine.fake;

import dev.sluice.engine.schema.StreamText;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A state store that survives in memory when a test lets the process die. */
public final class MemoryStore implements StateStore {
    private static final long FIRST = 100;

    private final Map<StreamId, StreamState> streams = new TreeMap<>();
    private final Map<String, RejectedRecord> rejects = new TreeMap<>();
    private final Map<StreamId, CatalogStream> known = new TreeMap<>();
    private final Map<String, FailureCount> failures = new TreeMap<>();
    private Hook hook = Hook.NONE;
    private @Nullable Job open;
    private @Nullable String lastOutcome;
    private long lastSyncId = FIRST;
    private int largestPortion;

    /** Sets who hears of the steps from now on. */
    public synchronized MemoryStore with(Hook other) {
        hook = other;
        return this;
    }

    /** The outcome of the last job that ended in good order. */
    public synchronized @Nullable String lastOutcome() {
        return lastOutcome;
    }

    /** The number of jobs that have begun. */
    public synchronized int jobs() {
        return (int) (lastSyncId - FIRST);
    }

    /** True if a job has begun and not ended. */
    public synchronized boolean hasOpenJob() {
        return open != null;
    }

    /** The rejected records by stream and place. */
    public synchronized List<String> rejects() {
        return List.copyOf(rejects.keySet());
    }

    /** The most records that came at once. */
    public synchronized int largestPortion() {
        return largestPortion;
    }

    @Override
    public String connectionId() {
        return "connection";
    }

    @Override
    public synchronized Job beginJob() {
        hook.at("store.begin");
        Job before = open;
        Job job = before == null
                ? new Job(++lastSyncId, Instant.EPOCH, 0)
                : new Job(before.syncId(), before.startedAt(), before.attempt() + 1);
        open = job;
        return job;
    }

    @Override
    public synchronized void endJob(Job job, String outcome) {
        hook.at("store.end");
        open = null;
        lastOutcome = outcome;
    }

    @Override
    public synchronized List<CatalogStream> knownStreams() {
        return List.copyOf(known.values());
    }

    @Override
    public synchronized void saveKnown(CatalogStream stream) {
        hook.at("store.known");
        // Through the text, as a store on a disk would.
        known.put(stream.id(), StreamText.read(stream.id(), StreamText.write(stream)));
    }

    @Override
    public synchronized void forgetKnown(StreamId stream) {
        known.remove(stream);
    }

    @Override
    public synchronized FailureCount failures(Job job, StreamId stream) {
        return failures.getOrDefault(job.syncId() + " " + stream, FailureCount.NONE);
    }

    @Override
    public synchronized void saveFailures(Job job, StreamId stream, FailureCount count) {
        hook.at("store.failures");
        failures.put(job.syncId() + " " + stream, count);
    }

    @Override
    public synchronized Optional<StreamState> stream(StreamId stream) {
        return Optional.ofNullable(streams.get(stream));
    }

    @Override
    public synchronized List<StreamState> streams() {
        return List.copyOf(streams.values());
    }

    @Override
    public synchronized void save(StreamState state) {
        hook.at("store.save");
        streams.put(state.stream(), state);
    }

    @Override
    public synchronized void saveProgress(StreamId stream, String splitId, SplitProgress progress) {
        hook.at("store.progress");
        StreamState state = Objects.requireNonNull(streams.get(stream));
        UnfinishedRead unfinished = Objects.requireNonNull(state.unfinished());
        Map<String, SplitProgress> all = new HashMap<>(unfinished.progress());
        all.put(splitId, progress);
        streams.put(stream, state.reading(state.generation(), unfinished.withProgress(all)));
    }

    @Override
    public synchronized void saveRejects(Job job, StreamId stream, List<RejectedRecord> records) {
        hook.at("store.rejects");
        largestPortion = Math.max(largestPortion, records.size());
        records.forEach(each -> rejects.put(stream + " " + each.place(), each));
    }
}
