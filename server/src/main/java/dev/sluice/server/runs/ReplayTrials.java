package dev.sluice.server.runs;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What would become of rejected records if they were tried again now, for those who decide that. */
public interface ReplayTrials {
    /** Tries the open records of a connection that are meant. It may take a while, so this is not for transactions. */
    DryRun of(UUID connectionId, Request request);

    /**
     * What would become of the records.
     *
     * @param streams stream by stream
     * @param reasons why some would be rejected again, the most frequent first
     * @param isWhole false if a stream has more records than are tried at a time
     */
    record DryRun(List<Expected> streams, List<Reason> reasons, boolean isWhole) {
        public DryRun {
            streams = List.copyOf(streams);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * What would become of the records of a stream.
     *
     * @param records how many would be tried
     * @param loaded how many of them would arrive
     * @param rejected how many would be rejected again
     * @param obstacle why a replay would be refused now; null if it would not
     */
    record Expected(
            StreamId stream,
            long records,
            long loaded,
            long rejected,
            @Nullable Problem obstacle) {}

    /**
     * Why records would be rejected again.
     *
     * @param field the field whose value is the reason; empty for none
     * @param records how many
     * @param sample the reason of one of them, in a sentence
     */
    record Reason(StreamId stream, String code, String field, long records, String sample) {}
}
