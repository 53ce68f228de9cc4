package dev.sluice.connector.duckdb.source;

import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table or a view.
 *
 * @param stream its identity: the schema, with a dot between nested ones, and the name
 * @param path the database, without which the schema {@code shop} in {@code shop.duckdb} would be ambiguous, the schemas
 *     from the outside in, and the name
 * @param schema its columns
 * @param isTable true if it is a table
 */
record Relation(StreamId stream, List<String> path, Schema schema, boolean isTable) {
    /** DuckDB's name for the place of a row in its table. */
    static final String ROW_ID = "rowid";

    Relation {
        path = List.copyOf(path);
    }

    /** The name in SQL. */
    String quoted() {
        return quoted(path);
    }

    static String quoted(List<String> path) {
        return path.stream().map(DuckDbSql::identifier).collect(Collectors.joining("."));
    }

    /** True if rows can be told apart by their place; a column of that name hides it. */
    boolean hasRowIds() {
        return isTable && schema.fields().stream().map(Field::name).noneMatch(ROW_ID::equalsIgnoreCase);
    }
}
