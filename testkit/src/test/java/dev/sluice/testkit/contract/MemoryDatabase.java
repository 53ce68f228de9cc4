package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A database in memory that keeps every version of every row, so that any moment of it can be read. Thread-safe. */
final class MemoryDatabase {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<StreamId, Table> tables = new LinkedHashMap<>();
    private final Set<Edit> open = ConcurrentHashMap.newKeySet();
    private long commits;
    private long objects;

    /**
     * A row as it was for a while.
     *
     * @param from the commit that made it
     * @param until the commit that ended it, or {@link Long#MAX_VALUE}
     */
    record Version(long from, long until, Row row) {
        boolean visibleAt(long moment) {
            return from <= moment && moment < until;
        }
    }

    /** A change in the order of the log. */
    record Change(long commit, Row row) {}

    /** A table; the identity differs from that of an older one with the same name. */
    static final class Table {
        final long identity;
        final StreamId id;
        final TableSpec spec;
        private final List<Version> versions = new ArrayList<>();
        private final Map<String, Integer> current = new LinkedHashMap<>();
        private final List<Change> log = new ArrayList<>();

        Table(long identity, StreamId id, TableSpec spec) {
            this.identity = identity;
            this.id = id;
            this.spec = spec;
        }

        Schema schema() {
            return spec.schema();
        }

        private String key(Row row) {
            return spec.primaryKey().isEmpty() ? "#" + versions.size() : row.text(0);
        }
    }

    Table create(TableSpec spec) {
        StreamId id = StreamId.of(spec.namespace() == null ? "main" : spec.namespace(), spec.name());
        lock.lock();
        try {
            Table table = new Table(++objects, id, spec);
            if (tables.putIfAbsent(id, table) != null) {
                throw new IllegalStateException("there is a table " + id);
            }
            return table;
        } finally {
            lock.unlock();
        }
    }

    void drop(Table table) {
        lock.lock();
        try {
            tables.remove(table.id);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Table find(StreamId id) {
        lock.lock();
        try {
            return tables.get(id);
        } finally {
            lock.unlock();
        }
    }

    List<Table> all() {
        lock.lock();
        try {
            return List.copyOf(tables.values());
        } finally {
            lock.unlock();
        }
    }

    /** The number of the last commit. */
    long now() {
        lock.lock();
        try {
            return commits;
        } finally {
            lock.unlock();
        }
    }

    /** The versions that a moment shows, in the order in which the rows were made. */
    List<Version> at(Table table, long moment) {
        lock.lock();
        try {
            return table.versions.stream()
                    .filter(version -> version.visibleAt(moment))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The changes after one commit, up to another. */
    List<Row> log(Table table, long after, long until) {
        lock.lock();
        try {
            return table.log.stream()
                    .filter(change -> change.commit() > after && change.commit() <= until)
                    .map(Change::row)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Edit begin(Table table) {
        Edit edit = new Edit(table);
        open.add(edit);
        return edit;
    }

    /** The rows that open transactions have inserted. */
    List<Row> uncommitted(Table table) {
        return open.stream()
                .filter(edit -> edit.table == table)
                .flatMap(edit -> edit.changes.stream())
                .map(row -> row.as(Operation.UPSERT))
                .toList();
    }

    /** A transaction; its changes are kept until it commits. */
    final class Edit implements SourceTable.Edit {
        private final Table table;
        private final List<Row> changes = new CopyOnWriteArrayList<>();

        private Edit(Table table) {
            this.table = table;
        }

        @Override
        public void insert(List<Row> rows) {
            rows.forEach(row -> changes.add(row.as(Operation.INSERT)));
        }

        @Override
        public void update(Row row) {
            changes.add(row.as(Operation.UPDATE));
        }

        @Override
        public void delete(Row row) {
            changes.add(row.as(Operation.DELETE));
        }

        @Override
        public void commit() {
            lock.lock();
            try {
                commits++;
                changes.forEach(this::apply);
                changes.clear();
            } finally {
                lock.unlock();
            }
        }

        private void apply(Row change) {
            String key = table.key(change);
            if (change.operation() != Operation.INSERT) {
                int place = Objects.requireNonNull(table.current.remove(key), "no row " + key);
                Version old = table.versions.get(place);
                table.versions.set(place, new Version(old.from(), commits, old.row()));
            }
            if (change.operation() != Operation.DELETE) {
                table.current.put(key, table.versions.size());
                table.versions.add(new Version(commits, Long.MAX_VALUE, change.as(Operation.UPSERT)));
            }
            table.log.add(new Change(commits, change));
        }

        @Override
        public void close() {
            open.remove(this);
            changes.clear();
        }
    }
}
