package dev.sluice.server.drift;

import dev.sluice.engine.plan.StreamChange;
import dev.sluice.server.store.Json;
import dev.sluice.spi.catalog.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of a stream as it is kept until it is settled.
 *
 * @param stream the stream
 * @param kind whether it is new, gone or another
 * @param state what became of it
 * @param weight how much it weighs
 * @param details what has changed in it, a list
 * @param now the description of the stream as its source has it; empty if it is gone
 * @param found when it was found, and by whom
 */
public record StreamSchemaChange(
        StreamId stream,
        StreamChange.Kind kind,
        SchemaChangeState state,
        Weight weight,
        Json details,
        String now,
        Found found) {
    /**
     * How much a change weighs.
     *
     * @param breaking true if the stream cannot go on with it
     * @param stopped true if the stream is not copied until somebody acts
     */
    public record Weight(boolean breaking, boolean stopped) {}

    /**
     * When a change was found.
     *
     * @param jobId the job that found it; null if somebody asked the source
     * @param at when
     */
    public record Found(@Nullable Long jobId, Instant at) {}

    /** Tells this change from others of the stream: who settles it names the one that they have seen. */
    public String seen() {
        return UUID.nameUUIDFromBytes((kind + " " + now).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** True if it waits for somebody. */
    public boolean isOpen() {
        return state == SchemaChangeState.OPEN;
    }
}
