package dev.sluice.cdk.sql;

import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a database differs from the others, in names, types and statements. Stateless and thread-safe. */
public interface SqlDialect {
    /**
     * Quotes an identifier so that any text is one: the only place of a dialect that does.
     *
     * @throws dev.sluice.spi.problem.ProblemException if the database can have no identifier with this text
     */
    String quote(String identifier);

    /** The name of a table in statements, quoted. */
    default String qualified(TableName table) {
        return quote(table.schema()) + "." + quote(table.table());
    }

    /** The most bytes of UTF-8 that an identifier has; a longer name is cut and gets a digest. */
    int maxIdentifierBytes();

    /** True if two names that differ by case only are two names. */
    boolean distinguishesCase();

    /** The form in which the database compares an identifier. */
    default String folded(String identifier) {
        return distinguishesCase() ? identifier : identifier.toLowerCase(Locale.ROOT);
    }

    /** The name with other characters in the place of those that no identifier of the database can have. */
    default String legal(String name) {
        return name;
    }

    /**
     * True if statements that define tables are part of a transaction. Where they end it, the ledger is committed before
     * them and says what they mean to do, so that a run that died in between is understood.
     */
    default boolean definesInTransactions() {
        return true;
    }

    /** The type of the ledger's texts that may be very long. */
    default String longText() {
        return "TEXT";
    }

    /** The statement that creates a schema if it is not there; empty where there are no schemas. */
    default Optional<String> createSchema(String schema) {
        return Optional.of("CREATE SCHEMA IF NOT EXISTS " + quote(schema));
    }

    /**
     * The expression that orders rows by a cursor as its values mean.
     *
     * @param column the column, quoted, with its alias
     * @param columnType its type in the database's words
     */
    default String ordered(String column, String columnType) {
        return column;
    }

    /** What follows the columns of the table of splits, such as a key where rows are locked by an index. */
    default String splitsKey() {
        return "";
    }

    /** What follows the columns of each new table. */
    default String tableOptions() {
        return "";
    }

    /** The statement that drops a table which {@link #createMergeTable} made, and ends no transaction. */
    default String dropMergeTable(String quotedTable) {
        return "DROP TABLE IF EXISTS " + quotedTable;
    }

    /**
     * The statement that creates an index if it is not there; empty if nothing can be indexed.
     *
     * @param quotedIndex its name, quoted
     * @param quotedTable the table, quoted
     * @param columns the columns, each with its type in the database's words
     */
    default Optional<String> createIndex(String quotedIndex, String quotedTable, List<ExistingColumn> columns) {
        return Optional.of("CREATE INDEX IF NOT EXISTS " + quotedIndex + " ON " + quotedTable + " ("
                + columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", ")) + ")");
    }

    /** The comparison that takes two nulls for the same. */
    default String isSame() {
        return " IS NOT DISTINCT FROM ";
    }

    /** What makes a descending order put nulls last. */
    default String nullsLast() {
        return " NULLS LAST";
    }

    /** The statement that deletes rows of a table, alias t, that fulfil a condition with some row of a source, alias s. */
    default String deleteMatching(String quotedTable, String source, String condition) {
        return "DELETE FROM " + quotedTable + " AS t USING " + source + " AS s WHERE " + condition;
    }

    /** The column type for new columns of a type. */
    ColumnType columnType(DataType type);

    /** True if the bulk load can write every value of the type into a column that is there, without loss. */
    boolean holds(String existingType, DataType type);

    /**
     * The type to which a column that is there has to be altered so that it holds its old values and those of the type.
     * Empty if there is none.
     */
    Optional<String> widened(String existingType, DataType type);

    /**
     * The statement that widens a column.
     *
     * @param quotedTable the table, quoted
     * @param column the column, not quoted
     * @param oldType the type that it has
     * @param newType the type that it gets
     */
    String alterType(String quotedTable, String column, String oldType, String newType);

    /** The column type of one of Airbyte's columns. */
    String metaType(MetaColumn column);

    /** The SQL that takes the sync id out of the column {@code _airbyte_meta}, given its quoted name. */
    String syncIdOf(String quotedMetaColumn);

    /** True if the database has MERGE with conditions and deletes. */
    boolean hasMerge();

    /**
     * The statement that creates a table whose rows will be merged into another one in the same transaction.
     *
     * @param quotedTable the table, quoted
     * @param columns its columns with their types, in parentheses
     */
    String createMergeTable(String quotedTable, String columns);

    /** What to run between loading a table and merging it, such as collecting statistics. */
    List<String> beforeMerge(String quotedTable);

    /** What locks the rows of a SELECT against writers until the end of the transaction, or an empty text. */
    String lockForShare();

    /** What locks the rows of a SELECT for this transaction alone, or an empty text. */
    String lockForUpdate();

    /** The statements that move a staged table to the place of another one, within the current transaction. */
    SwapStatements swap();

    /** True if an index on the key makes merging faster. */
    boolean indexesKeys();

    /** True if counting all rows of a table is quick enough to do after each full load. */
    boolean countsQuickly();

    /** The schema of the ledger, and of staged tables where a table can move between schemas. */
    default String internalSchema() {
        return "sluice_internal";
    }

    /** True if a table can be moved to another schema, so that staged tables can stand in the internal one. */
    boolean movesTablesBetweenSchemas();
}
