package dev.sluice.engine.fake;

import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A table with its ledger; what survives when the process dies. Every method is one transaction. */
public final class FakeTable {
    private final Map<String, SplitProgress> splits = new HashMap<>();
    private final Map<String, DataType> columns = new HashMap<>();
    private Map<String, DataType> staged = Map.of();
    private List<Long> published = new ArrayList<>();
    private List<Long> unfinished = new ArrayList<>();
    private @Nullable String owner;
    private Generation generation = new Generation(0, 0, 0);
    private boolean dedup;
    private boolean isPublished;
    private @Nullable Position position;
    private @Nullable Ledger forged;

    /** What everybody sees, in order: of an overwritten table the published rows, of others the unfinished too. */
    synchronized List<Long> visible() {
        List<Long> rows = new ArrayList<>(published);
        if (!generation.truncates()) {
            rows.addAll(unfinished);
        }
        List<Long> distinct = dedup ? merged(rows) : rows;
        distinct.sort(null);
        return distinct;
    }

    /** How a row is noted that deletes the one of this value. */
    static long removal(long value) {
        return ~value;
    }

    private static List<Long> merged(List<Long> rows) {
        TreeSet<Long> merged = new TreeSet<>();
        for (long row : rows) {
            if (row < 0) {
                merged.remove(removal(row));
            } else {
                merged.add(row);
            }
        }
        return new ArrayList<>(merged);
    }

    /** The columns by name. */
    public synchronized Map<String, DataType> columns() {
        return Map.copyOf(columns);
    }

    /** Makes the table remember something else, as after a restored backup. */
    public synchronized void forge(Ledger ledger) {
        forged = ledger;
    }

    /** Puts other rows in the place of the published ones, as somebody with a console would. */
    public synchronized void harm(Long... rows) {
        published = new ArrayList<>(List.of(rows));
    }

    synchronized Optional<Ledger> ledger() {
        if (forged != null) {
            return Optional.of(forged);
        }
        return owner == null
                ? Optional.empty()
                : Optional.of(new Ledger(
                        owner,
                        generation.id(),
                        generation.syncId(),
                        isPublished,
                        position,
                        isPublished ? Map.of() : splits));
    }

    synchronized void begin(TargetSpec spec) {
        forged = null;
        boolean continues = !isPublished
                && owner != null
                && generation.id() == spec.generation().id()
                && generation.syncId() == spec.generation().syncId();
        if (!continues) {
            discard();
        }
        if (spec.generation().truncates()) {
            staged = fields(spec);
        } else {
            columns.putAll(fields(spec));
        }
        owner = spec.owner().connectionId();
        generation = spec.generation();
        dedup = spec.mode().mode().dedups();
        isPublished = false;
    }

    synchronized void commit(List<Long> rows, Marker marker) {
        unfinished.addAll(rows);
        splits.put(marker.splitId(), marker.progress());
    }

    synchronized void publish(long expectedRows, @Nullable Position end) {
        if (unfinished.size() != expectedRows) {
            throw new IllegalStateException(expectedRows + " rows expected, " + unfinished.size() + " there");
        }
        if (generation.truncates()) {
            published = unfinished;
            columns.clear();
            columns.putAll(staged);
        } else {
            published.addAll(unfinished);
        }
        unfinished = new ArrayList<>();
        splits.clear();
        isPublished = true;
        position = end;
    }

    private static Map<String, DataType> fields(TargetSpec spec) {
        Map<String, DataType> fields = new HashMap<>();
        spec.schema().fields().forEach(field -> fields.put(field.name(), field.type()));
        return fields;
    }

    synchronized void discard() {
        unfinished = new ArrayList<>();
        splits.clear();
    }
}
