package dev.sluice.engine.state;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the engine remembers of a stream of a connection.
 *
 * @param stream the stream
 * @param settings the settings that the state belongs to, spelled out; with others the stream starts over. {@link
 *     #EDITED} if a person chose the position
 * @param generation the copy that the last run wrote
 * @param lastSyncId the last run that was published; 0 if there was none
 * @param position where the next incremental read goes on; null if at the beginning
 * @param unfinished the read that was interrupted; null if there is none
 * @param refresh the wish to read it once more, until a run has fulfilled it; null if there is none
 */
public record StreamState(
        StreamId stream,
        String settings,
        long generation,
        long lastSyncId,
        @Nullable Position position,
        @Nullable UnfinishedRead unfinished,
        @Nullable Refresh refresh) {
    /** The settings of a state whose position was chosen by a person. */
    public static final String EDITED = "edited";

    public StreamState {
        Objects.requireNonNull(stream);
        Objects.requireNonNull(settings);
    }

    /** The state of a stream that was never read. */
    public static StreamState initial(StreamId stream, String settings) {
        return new StreamState(stream, settings, 0, 0, null, null, null);
    }

    /**
     * The state after a person chose where the next read begins; what the destination remembers does not change that.
     *
     * @param from the position; null for the beginning
     */
    public StreamState edited(@Nullable Position from) {
        return new StreamState(stream, EDITED, generation, lastSyncId, from, null, null);
    }

    /** The state after somebody wished that the stream be read once more from the beginning. */
    public StreamState refreshing(Refresh wish) {
        return new StreamState(stream, EDITED, generation, lastSyncId, null, null, wish);
    }

    /** True if a person chose where the next read begins. */
    public boolean isEdited() {
        return settings.equals(EDITED);
    }

    /** True if what is there goes once the next read is complete. */
    public boolean replaces() {
        return refresh == Refresh.TRUNCATE;
    }

    /** The same state after rows began to go through other mappers. */
    public StreamState remapped(String others) {
        return new StreamState(stream, others, generation, lastSyncId, position, unfinished, refresh);
    }

    /** The state while a read is under way. */
    public StreamState reading(long inGeneration, UnfinishedRead read) {
        return new StreamState(stream, settings, inGeneration, lastSyncId, position, read, refresh);
    }

    /** The state after a run was published. */
    public StreamState published(long inGeneration, long syncId, @Nullable Position end) {
        return new StreamState(stream, settings, inGeneration, syncId, end, null, null);
    }

    /** The same state without the interrupted read. */
    StreamState restarted() {
        return new StreamState(stream, settings, generation, lastSyncId, position, null, refresh);
    }

    /** The state of a stream that begins anew under other settings. */
    StreamState under(String others, long inGeneration, @Nullable Position from) {
        return new StreamState(stream, others, inGeneration, lastSyncId, from, null, refresh);
    }

    /** The same state with another wish. */
    StreamState wishing(@Nullable Refresh wish) {
        return new StreamState(stream, settings, generation, lastSyncId, position, unfinished, wish);
    }
}
