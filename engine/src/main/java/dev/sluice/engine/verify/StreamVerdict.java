package dev.sluice.engine.verify;

import dev.sluice.engine.verify.Difference.Kind;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of holding a stream against its copy.
 *
 * @param stream the stream
 * @param promise what was compared
 * @param counts what was counted
 * @param shown some of the rows that differ
 * @param notes what could not be proven, a sentence each
 * @param obstacle why what differs cannot be mended row by row; null if it can be
 * @param inside true if the databases of both sides proved it by themselves, and no row was read
 */
public record StreamVerdict(
        StreamId stream,
        Promise promise,
        Counts counts,
        List<Difference> shown,
        List<String> notes,
        @Nullable String obstacle,
        boolean inside) {
    public StreamVerdict {
        shown = List.copyOf(shown);
        notes = List.copyOf(notes);
    }

    /** Both databases have the same rows, as they say themselves. */
    static StreamVerdict equal(StreamId stream, Promise promise, long rows, List<String> notes) {
        return new StreamVerdict(stream, promise, Counts.equal(rows), List.of(), notes, null, true);
    }

    /** The same with more notes. */
    StreamVerdict with(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new StreamVerdict(stream, promise, counts, shown, all, obstacle, inside);
    }

    /**
     * What was counted.
     *
     * @param sourceRows the rows of the source, after its mappers
     * @param storedRows the rows of the destination
     * @param pending the rows of the source that came after the last sync and were left out
     * @param kinds how many rows differ in which way
     * @param unnamed how many rows stand in groups that differ and were not looked at one by one, as too many do
     */
    public record Counts(long sourceRows, long storedRows, long pending, Map<Kind, Long> kinds, long unnamed) {
        public Counts {
            kinds = Map.copyOf(kinds);
        }

        /** So many rows are the same, and there are no others. */
        static Counts equal(long rows) {
            return new Counts(rows, rows, 0, Map.of(), 0);
        }

        /** How many rows differ in this way. */
        public long of(Kind kind) {
            return kinds.getOrDefault(kind, 0L);
        }

        /** How many rows break the promise, as far as they were looked at one by one. */
        public long faults() {
            return kinds.entrySet().stream()
                    .filter(each -> each.getKey().isFault())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** True if the promise was compared and nothing breaks it. */
    public boolean isProven() {
        return promise != Promise.NONE && counts.faults() == 0 && counts.unnamed() == 0;
    }

    /** True if something breaks the promise. */
    public boolean isBroken() {
        return promise != Promise.NONE && !isProven();
    }

    /** True if something breaks the promise and a repair can mend it. */
    public boolean isMendable() {
        return isBroken() && obstacle == null;
    }
}
