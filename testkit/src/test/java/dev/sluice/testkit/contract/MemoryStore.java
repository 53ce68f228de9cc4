package dev.sluice.testkit.contract;

import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The place that memory destinations write: tables and a ledger. All access holds its lock. */
final class MemoryStore {
    final ReentrantLock lock = new ReentrantLock();
    final Map<String, Table> tables = new HashMap<>();
    final Map<String, Entry> ledger = new HashMap<>();

    /** A stored row: values by column, metadata included; and what merging needs to know. */
    static final class Stored {
        final Map<String, @Nullable String> values = new LinkedHashMap<>();
        final List<String> unchanged = new ArrayList<>();
        final long extractedAt;
        final long generation;
        final long syncId;
        final boolean deleted;

        Stored(long extractedAt, long generation, long syncId, boolean deleted) {
            this.extractedAt = extractedAt;
            this.generation = generation;
            this.syncId = syncId;
            this.deleted = deleted;
        }
    }

    /** A table that readers see. */
    static final class Table {
        final Map<String, DataType> columns = new LinkedHashMap<>();
        final List<Stored> rows = new ArrayList<>();
    }

    /** What is remembered of a target, and the rows of its unfinished run that readers do not see. */
    static final class Entry {
        String connectionId = "";
        long generation;
        long syncId;
        boolean published;

        @Nullable
        Position position;

        long fence;

        @Nullable
        Object openedBy;

        final Map<String, SplitProgress> splits = new HashMap<>();
        final List<Stored> staged = new ArrayList<>();

        Ledger ledger() {
            return new Ledger(connectionId, generation, syncId, published, position, splits);
        }
    }
}
