package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps one row a key: the reference of the rule, and the ways in which it is got wrong. */
final class MemoryMerge {
    private final DestinationFault fault;
    private final List<String> key = new ArrayList<>();
    private final @Nullable String cursor;
    private final DataType cursorType;
    private final boolean merges;

    MemoryMerge(TargetSpec spec, TargetPlan plan, DestinationFault fault) {
        this.fault = fault;
        this.merges = spec.mode().mode().dedups();
        List<FieldPath> path = spec.mode().primaryKey();
        int parts = fault == DestinationFault.FIRST_KEY_FIELD_ONLY ? Math.min(1, path.size()) : path.size();
        path.subList(0, parts).forEach(part -> key.add(column(plan, part).column()));
        FieldPath order = spec.mode().cursor();
        this.cursor = order == null ? null : column(plan, order).column();
        this.cursorType = order == null
                ? new DataType.TextType()
                : column(plan, order).field().type();
    }

    private static ColumnPlan column(TargetPlan plan, FieldPath path) {
        return plan.columns().stream()
                .filter(column -> column.field().name().equals(path.column()))
                .findFirst()
                .orElseThrow();
    }

    /** The rows that are left of old and new ones; all of them if the mode does not merge. */
    List<MemoryStore.Stored> merged(List<MemoryStore.Stored> old, List<MemoryStore.Stored> fresh) {
        List<MemoryStore.Stored> all = new ArrayList<>(old);
        if (!merges) {
            all.addAll(fresh);
            return all;
        }
        Map<List<String>, MemoryStore.Stored> byKey = new LinkedHashMap<>();
        if (fault == DestinationFault.DEDUPS_EACH_RUN_ALONE) {
            fresh.forEach(row -> put(byKey, row));
            all.addAll(byKey.values());
            return all;
        }
        all.forEach(row -> put(byKey, row));
        List<MemoryStore.Stored> ordered = new ArrayList<>(fresh);
        if (fault == DestinationFault.DELETES_LAST) {
            ordered.sort(Comparator.comparing(row -> row.deleted));
        }
        ordered.forEach(row -> put(byKey, row));
        return new ArrayList<>(
                byKey.values().stream().filter(row -> !row.deleted).toList());
    }

    private void put(Map<List<String>, MemoryStore.Stored> byKey, MemoryStore.Stored row) {
        if (row.deleted && fault == DestinationFault.IGNORES_DELETES) {
            return;
        }
        List<String> id = key.stream().map(column -> keyText(row, column)).toList();
        MemoryStore.Stored there = byKey.get(id);
        if (there == null || wins(row, there)) {
            if (there != null && fault != DestinationFault.UNCHANGED_IS_NULL) {
                row.unchanged.forEach(column -> row.values.put(column, there.values.get(column)));
            }
            byKey.put(id, row);
        }
    }

    private String keyText(MemoryStore.Stored row, String column) {
        String text = Objects.requireNonNullElse(row.values.get(column), "null of a key");
        return fault == DestinationFault.FOLDS_KEYS ? text.strip().toLowerCase(Locale.ROOT) : text;
    }

    private boolean wins(MemoryStore.Stored row, MemoryStore.Stored there) {
        if (fault == DestinationFault.LAST_WRITTEN_WINS) {
            return true;
        }
        int order = cursor == null ? 0 : compare(row.values.get(cursor), there.values.get(cursor));
        if (order == 0 && fault != DestinationFault.IGNORES_EXTRACTION) {
            order = Long.compare(row.extractedAt, there.extractedAt);
        }
        return order >= 0;
    }

    private int compare(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            int nulls = Boolean.compare(one != null, other != null);
            return fault == DestinationFault.NULL_CURSOR_WINS ? -nulls : nulls;
        }
        boolean number = cursorType instanceof DataType.IntType
                || cursorType instanceof DataType.DecimalType
                || cursorType instanceof DataType.FloatType;
        if (!number || fault == DestinationFault.CURSOR_AS_TEXT) {
            // Canonical times have no trailing zeros, so their parts are compared without the zone's letter.
            return one.replace("Z", "").compareTo(other.replace("Z", ""));
        }
        return new BigDecimal(one).compareTo(new BigDecimal(other));
    }
}
