package dev.sluice.engine.fake;

import dev.sluice.engine.run.ReplayRecord;
import dev.sluice.engine.schema.StreamText;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.ReadPart;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.SplitProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
    private final List<Kept> rejects = new ArrayList<>();
    private final Map<StreamId, CatalogStream> known = new TreeMap<>();
    private final Map<String, FailureCount> failures = new TreeMap<>();
    private Hook hook = Hook.NONE;
    private @Nullable Job open;
    private @Nullable String lastOutcome;
    private long lastSyncId = FIRST;
    private long lastReject;
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

    /**
     * A rejected record.
     *
     * @param mark the progress that will cover it; null if that is not known, or if it counts
     * @param state pending, open, superseded or replayed
     */
    private record Kept(
            long id,
            ReadPart part,
            RejectedRecord record,
            @Nullable SplitProgress mark,
            String state,
            long claimedBy) {
        Kept in(String other) {
            return new Kept(id, part, record, null, other, 0);
        }

        boolean isPendingIn(StreamId stream) {
            return state.equals("pending") && part.stream().equals(stream);
        }
    }

    /** The rejected records that count, by stream and place. */
    public synchronized List<String> rejects() {
        return rejects("open");
    }

    /** The rejected records of a state, by stream and place. */
    public synchronized List<String> rejects(String state) {
        return rejects.stream()
                .filter(each -> each.state.equals(state))
                .map(each -> each.part.stream() + " " + each.record.place())
                .sorted()
                .toList();
    }

    /** The records that count, as they are tried again. */
    public synchronized List<ReplayRecord> replays() {
        return rejects.stream()
                .filter(each -> each.state.equals("open"))
                .map(each -> new ReplayRecord(each.id, each.record, Instant.EPOCH, null, false))
                .toList();
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
        rejects.replaceAll(
                each -> each.isPendingIn(stream) && each.part.splitId().equals(splitId) && progress.equals(each.mark)
                        ? each.in("open")
                        : each);
    }

    @Override
    public synchronized void saveRejects(Job job, ReadPart part, List<RejectedRecord> records) {
        hook.at("store.rejects");
        largestPortion = Math.max(largestPortion, records.size());
        records.forEach(each -> rejects.add(new Kept(++lastReject, part, each, null, "pending", 0)));
    }

    @Override
    public synchronized void markRejects(ReadPart part, SplitProgress progress) {
        hook.at("store.mark");
        rejects.replaceAll(
                each -> each.isPendingIn(part.stream()) && each.part.splitId().equals(part.splitId())
                        ? new Kept(each.id, each.part, each.record, progress, "pending", 0)
                        : each);
    }

    @Override
    public synchronized void settleRejects(StreamId stream, long readId, Map<String, SplitProgress> confirmed) {
        hook.at("store.settle");
        rejects.replaceAll(each -> each.isPendingIn(stream)
                        && each.part.readId() == readId
                        && each.mark != null
                        && each.mark.equals(confirmed.get(each.part.splitId()))
                ? each.in("open")
                : each);
        rejects.removeIf(each -> each.isPendingIn(stream));
        rejects.removeIf(each -> each.part.stream().equals(stream)
                && each.part.readId() == readId
                && !confirmed.containsKey(each.part.splitId()));
    }

    @Override
    public synchronized void discardRejects(StreamId stream, long readId) {
        hook.at("store.discard");
        rejects.removeIf(each ->
                each.isPendingIn(stream) || (each.part.stream().equals(stream) && each.part.readId() == readId));
    }

    @Override
    public synchronized void supersedeRejects(StreamId stream, long generation) {
        hook.at("store.supersede");
        rejects.replaceAll(each ->
                each.part.stream().equals(stream) && each.part.generation() < generation && each.state.equals("open")
                        ? each.in("superseded")
                        : each);
    }

    @Override
    public synchronized long countRejects(StreamId stream, long readId) {
        return rejects.stream()
                .filter(each ->
                        each.state.equals("open") && each.part.stream().equals(stream) && each.part.readId() == readId)
                .count();
    }

    @Override
    public synchronized void claimRejects(long jobId, Collection<Long> records) {
        hook.at("store.claim");
        rejects.replaceAll(each ->
                records.contains(each.id) ? new Kept(each.id, each.part, each.record, null, each.state, jobId) : each);
    }

    @Override
    public synchronized void settleReplays(StreamId stream, long publishedId) {
        hook.at("store.replays");
        rejects.replaceAll(each -> each.claimedBy > 0 && each.part.stream().equals(stream)
                ? each.in(each.claimedBy == publishedId ? "replayed" : "open")
                : each);
    }

    @Override
    public synchronized void rejectAgain(long record, RejectedRecord again) {
        hook.at("store.again");
        rejects.replaceAll(each -> each.id == record ? new Kept(each.id, each.part, again, null, each.state, 0) : each);
    }
}
