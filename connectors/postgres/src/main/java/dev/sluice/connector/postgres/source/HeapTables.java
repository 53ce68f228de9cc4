package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.source.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The heap tables in which the rows of a relation lie: itself, its partitions, or the tables that inherit from it.
 *
 * @param tables the tables; empty if some cannot be read by pages, so that the relation has to be read as a whole
 */
record HeapTables(List<HeapTable> tables) {
    /** Since version 14 the server reads a range of ctids without looking at the pages outside it. */
    private static final int FIRST_VERSION_WITH_RANGE_SCAN = 140_000;

    private static final int MAX_SPLITS = 4_000;
    private static final long PAGE_BYTES = 8192;

    /**
     * A heap table.
     *
     * @param file the number of its heap file; another number means that all ctids are new
     * @param pages the pages of the heap
     * @param bytes the bytes including values that are stored apart
     * @param rows the estimate of its rows, or below 0
     */
    record HeapTable(String schema, String table, long file, long pages, long bytes, long rows) {}

    static HeapTables of(PgSession session, Relation relation) {
        if (!relation.isHeap() || session.serverVersion() < FIRST_VERSION_WITH_RANGE_SCAN) {
            return new HeapTables(List.of());
        }
        List<HeapTable> tables = new ArrayList<>();
        for (SqlRow row : session.query("""
            WITH RECURSIVE part AS (
                SELECT ?::int8::oid AS oid
                UNION
                SELECT i.inhrelid FROM pg_inherits AS i JOIN part ON part.oid = i.inhparent)
            SELECT n.nspname, c.relname, c.relkind, pg_relation_filenode(c.oid)::int8,
                   pg_relation_size(c.oid) / ?, pg_table_size(c.oid), c.reltuples::int8,
                   has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE')
              FROM part JOIN pg_class AS c ON c.oid = part.oid
              JOIN pg_namespace AS n ON n.oid = c.relnamespace
             ORDER BY c.oid\
            """, relation.oid(), PAGE_BYTES)) {
            String kind = row.requireText(2);
            if (kind.equals("p")) {
                continue; // holds no rows itself
            }
            boolean readable = kind.equals("r") || kind.equals("m");
            if (!readable || !row.truth(7)) {
                return new HeapTables(List.of());
            }
            tables.add(new HeapTable(
                    row.requireText(0), row.requireText(1), row.whole(3), row.whole(4), row.whole(5), row.whole(6)));
        }
        return new HeapTables(tables);
    }

    /** The files by table, to see later whether ctids still mean the same. */
    Map<String, Object> files() {
        Map<String, Object> files = new LinkedHashMap<>();
        tables.forEach(table -> files.put(table.schema() + "." + table.table(), table.file()));
        return files;
    }

    /** The splits of a read of all pages. */
    List<Split> splits(Relation relation, long splitBytes) {
        if (tables.isEmpty()) {
            CtidRange whole = CtidRange.whole(relation.schema(), relation.name());
            return List.of(new Split("all", whole.json(), Estimate.NONE));
        }
        List<Split> splits = new ArrayList<>();
        int number = 0;
        for (HeapTable table : tables) {
            int parts =
                    (int) Math.clamp(table.bytes() / splitBytes, 1, Math.min(MAX_SPLITS, Math.max(1, table.pages())));
            List<CtidRange> ranges = CtidRange.divide(table.schema(), table.table(), table.pages(), parts);
            for (CtidRange range : ranges) {
                splits.add(new Split(Integer.toString(number++), range.json(), estimate(table, ranges.size())));
            }
        }
        return splits;
    }

    private static Estimate estimate(HeapTable table, int parts) {
        long rows = table.rows() < 0 ? Estimate.UNKNOWN : table.rows() / parts;
        return new Estimate(rows, table.bytes() / parts);
    }
}
