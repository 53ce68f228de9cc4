package dev.sluice.spi.source;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From where a stream is to be read. */
public sealed interface ReadStart {

    /** From the beginning: a full read, also the first one of an incremental stream. */
    record Beginning() implements ReadStart {}

    /**
     * Only what came after a position.
     *
     * @param position the end of an earlier plan of the same stream
     */
    record After(Position position) implements ReadStart {
        public After {
            Objects.requireNonNull(position);
        }
    }

    /**
     * From where an interrupted read stopped.
     *
     * @param plan the plan of the interrupted read
     * @param from the position before that read; null if it began at the beginning
     * @param progress how far its splits were committed, by split id; a split without an entry has not begun
     * @param complete true if each row that was read of what is committed is committed. If rows were rejected or filtered
     *     on the way, the counts of {@code progress} prove nothing about what the source held
     */
    record Resume(ReadPlan plan, @Nullable Position from, Map<String, SplitProgress> progress, boolean complete)
            implements ReadStart {
        public Resume {
            Objects.requireNonNull(plan);
            progress = Map.copyOf(progress);
        }

        /** A read of which each row was committed. */
        public Resume(ReadPlan plan, @Nullable Position from, Map<String, SplitProgress> progress) {
            this(plan, from, progress, true);
        }
    }
}
