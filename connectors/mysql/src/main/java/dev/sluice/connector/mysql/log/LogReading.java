package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.log.Spools;
import dev.sluice.spi.catalog.StreamId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of the log, divided by tables. One thread fills it; then many may read. */
final class LogReading implements AutoCloseable {
    private final LogPlace from;
    private final LogPlace end;
    private final boolean foldsCase;
    private final Spools<StreamId> spools = new Spools<>();
    private final TwoPhases twoPhases;
    private final Map<StreamId, TableLog> tables = new LinkedHashMap<>();

    /**
     * Makes an empty one.
     *
     * @param from where it begins
     * @param end where it ends
     * @param wanted the tables of which it keeps what the log tells
     * @param foldsCase true if the server does not tell small letters of names from large ones
     */
    LogReading(LogPlace from, LogPlace end, Set<StreamId> wanted, boolean foldsCase) {
        this(from, end, wanted, foldsCase, new TwoPhases(end));
    }

    /** One that hears only of transactions of two phases, for what was open at a place between its beginning and end. */
    static LogReading ofTwoPhases(LogPlace from, LogPlace end, LogPlace asked) {
        return new LogReading(from, end, Set.of(), false, new TwoPhases(asked));
    }

    private LogReading(LogPlace from, LogPlace end, Set<StreamId> wanted, boolean foldsCase, TwoPhases twoPhases) {
        this.from = from;
        this.end = end;
        this.foldsCase = foldsCase;
        this.twoPhases = twoPhases;
        for (StreamId each : wanted) {
            tables.put(folded(each), new TableLog(String.valueOf(each.namespace()), each.name(), spools.of(each)));
        }
    }

    private StreamId folded(StreamId id) {
        return foldsCase
                ? StreamId.of(
                        String.valueOf(id.namespace()).toLowerCase(Locale.ROOT),
                        id.name().toLowerCase(Locale.ROOT))
                : id;
    }

    LogPlace from() {
        return from;
    }

    LogPlace end() {
        return end;
    }

    boolean foldsCase() {
        return foldsCase;
    }

    /** True if it has all that the log tells of a table between two places. */
    boolean covers(StreamId table, LogPlace begin, LogPlace until) {
        return !begin.isBefore(from) && !end.isBefore(until) && tables.containsKey(folded(table));
    }

    /** What was found of a table; null if it is not wanted. */
    @Nullable
    TableLog find(StreamId table) {
        return tables.get(folded(table));
    }

    TableLog get(StreamId table) {
        return Objects.requireNonNull(find(table));
    }

    /** The transactions of two phases in it. */
    TwoPhases twoPhases() {
        return twoPhases;
    }

    /** From where on one has to read to know all of the transactions that end at a place or later. */
    LogPlace openSince(LogPlace place) {
        return place.equals(end) ? twoPhases.openSince() : from;
    }

    Collection<TableLog> tables() {
        return tables.values();
    }

    @Override
    public void close() {
        spools.close();
    }
}
