package dev.sluice.lowcode.slice;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.WithAttributes;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A slice of a stream. As a map, which templates see, it has the keys of its partition and those of its cursor; extra
 * fields are reached by name only. Immutable.
 */
public final class StreamSlice extends AbstractMap<Object, Object> implements WithAttributes {
    /** The slice of a stream that is not divided. */
    public static final StreamSlice WHOLE = new StreamSlice(Map.of(), Map.of(), Map.of());

    private final Map<Object, Object> partition;
    private final Map<Object, Object> cursor;
    private final Map<Object, Object> extra;
    private final Map<Object, Object> merged;
    private @Nullable String key;
    private @Nullable String partitionKey;

    /**
     * Makes a slice.
     *
     * @param partition the keys of its partition
     * @param cursor the bounds of its time span
     * @param extra what is known of it besides
     */
    public StreamSlice(Map<Object, Object> partition, Map<Object, Object> cursor, Map<Object, Object> extra) {
        this.partition = partition;
        this.cursor = cursor;
        this.extra = extra;
        merged = new LinkedHashMap<>(partition);
        cursor.forEach((key, value) -> {
            if (merged.put(key, value) != null) {
                throw Problem.of(
                                "E_MANIFEST",
                                ProblemKind.CONFIG,
                                "the partition and the cursor of a stream both have the key " + key)
                        .exception();
            }
        });
    }

    /** The keys of the partition. */
    public Map<Object, Object> partition() {
        return partition;
    }

    /** The bounds of the time span. */
    public Map<Object, Object> cursor() {
        return cursor;
    }

    /** What is known besides. */
    public Map<Object, Object> extra() {
        return extra;
    }

    /** The same partition with other bounds. */
    public StreamSlice withCursor(Map<Object, Object> bounds) {
        return new StreamSlice(partition, bounds, extra);
    }

    /** The same slice, of which one more thing is known. */
    public StreamSlice withExtra(String name, Object value) {
        Map<Object, Object> more = new LinkedHashMap<>(extra);
        more.put(name, value);
        return new StreamSlice(partition, cursor, more);
    }

    /** The text that tells this partition from the others, the same in each run. */
    public String partitionKey() {
        String known = partitionKey;
        if (known == null) {
            known = JsonValues.canonical(partition);
            partitionKey = known;
        }
        return known;
    }

    /** The text that tells this slice from the others of its read. */
    public String key() {
        String known = key;
        if (known == null) {
            known = cursor.isEmpty() ? partitionKey() : partitionKey() + JsonValues.canonical(cursor);
            key = known;
        }
        return known;
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return merged.entrySet();
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key == null ? null : merged.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key != null && merged.containsKey(key);
    }

    @Override
    public @Nullable Object attribute(String name) {
        return switch (name) {
            // As of a slice without a time span: what is known besides is known there too.
            case "partition", "_partition" -> new StreamSlice(partition, Map.of(), extra);
            case "cursor_slice" -> cursor;
            case "extra_fields" -> extra;
            default -> null;
        };
    }
}
