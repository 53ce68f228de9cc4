package dev.sluice.server.api.own;

import dev.sluice.server.api.open.Shown;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt is. A share is told only where each stream says how much it expects, and it is never all before the
 * end; a time only after some seconds.
 *
 * @param streams how many streams it moves
 * @param ended how many of them are done, in one way or another
 * @param read the records that were read
 * @param bytes the bytes that were read
 * @param committed the records that arrived
 * @param percent how much of what is expected is done; null if nobody knows
 * @param secondsLeft how long it takes at this pace; null if nobody knows
 */
record Progress(
        int streams,
        int ended,
        long read,
        long bytes,
        long committed,
        @Nullable Integer percent,
        @Nullable Long secondsLeft) {
    private static final Duration SOON = Duration.ofSeconds(20);

    static Progress of(Job job, Attempt attempt, List<AttemptStream> streams, Instant now) {
        long read = 0;
        long bytes = 0;
        long committed = 0;
        long done = 0;
        long expected = 0;
        int ended = 0;
        boolean isKnown = !streams.isEmpty();
        for (AttemptStream stream : streams) {
            AttemptStream.Counts counts = stream.counts();
            read += counts.read();
            bytes += counts.bytes();
            committed += counts.committed();
            long its = counts.before() + counts.committed() + counts.filtered() + counts.rejected();
            done += its;
            if (stream.status().isEnd()) {
                ended++;
                expected += its;
            } else {
                isKnown &= counts.expected() >= 0;
                expected += Math.max(its, counts.expected());
            }
        }
        boolean isOver =
                attempt.status() != Attempt.Status.RUNNING || job.status().isEnd();
        if (isOver || !isKnown || expected <= 0) {
            return new Progress(streams.size(), ended, read, bytes, committed, null, null);
        }
        Duration elapsed = Duration.between(attempt.times().createdAt(), now);
        boolean hasPace = elapsed.compareTo(SOON) >= 0 && committed > 0;
        Long left = hasPace ? (Long) (long) ((expected - done) * (elapsed.toMillis() / 1000.0) / committed) : null;
        return new Progress(
                streams.size(), ended, read, bytes, committed, (int) Math.min(99, done * 100.0 / expected), left);
    }

    Map<String, Object> members() {
        return new Shown()
                .with("streams", streams)
                .with("streamsEnded", ended)
                .with("recordsRead", read)
                .with("bytesRead", bytes)
                .with("recordsCommitted", committed)
                .with("percent", percent)
                .with("secondsLeft", secondsLeft)
                .object();
    }
}
