package dev.sluice.cdk.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database that are somebody else's and can be written as they are (data activation): which there are, and how
 * the database is spoken to about them. Stateless and thread-safe.
 *
 * <p>Rows are found as the table itself compares its keys. What is unchanged is told by the values as they are stored, since a
 * table may take values for equal that differ for people, such as letters of another case.
 */
public interface ObjectTables {
    /**
     * The tables that can be written, without those of Sluice itself and of the database.
     *
     * @param object only the table of this name, as {@link ObjectTable#object} has it; null for all
     */
    List<ObjectTable> find(SqlSession session, @Nullable String object);

    /** What a session is told before it writes objects, outside of any transaction. */
    default List<String> opening() {
        return List.of();
    }

    /** What takes {@link #opening} back, before the session does other work. */
    default List<String> closing() {
        return List.of();
    }

    /** What is told at the beginning of each transaction, such as that each constraint speaks with its statement. */
    default List<String> beginning() {
        return List.of();
    }

    /**
     * The type of the column beside the table that values are loaded into.
     *
     * @param column the column of the table that they are for
     * @param usual the type that new columns for such values have
     */
    default String loadedType(ObjectTable.Column column, String usual) {
        return usual;
    }

    /**
     * The value of a loaded column as the table's column takes it. It may neither cut nor round.
     *
     * @param value an expression for the loaded value
     */
    default String cast(String value, ObjectTable.Column column) {
        return value;
    }

    /**
     * The condition that a column has a value already, two nulls being the same; never null itself.
     *
     * @param current an expression for the value that is there
     * @param came an expression for the value that came, cast
     */
    String isSame(String current, String came, ObjectTable.Column column);

    /**
     * The statement that changes the rows of a table, alias t, by those of a source, alias s.
     *
     * @param target the table, quoted
     * @param source a table or subquery with its alias
     * @param values what the columns get
     * @param matches which row of the one is which of the other
     * @param condition which of these are changed
     */
    default String update(String target, String source, List<ColumnValue> values, String matches, String condition) {
        List<String> assignments = values.stream()
                .map(each -> each.column() + " = " + each.value())
                .toList();
        return "UPDATE " + target + " AS t SET " + String.join(", ", assignments) + " FROM " + source + " WHERE "
                + matches + " AND " + condition;
    }

    /**
     * The statement that deletes the rows of a table, alias t, that match one of a source, alias s.
     *
     * @param target the table, quoted
     * @param source a table or subquery with its alias
     * @param key the columns that match, with the values that came
     * @param matches which row of the one is which of the other
     */
    default String delete(String target, String source, List<ColumnValue> key, String matches) {
        return "DELETE FROM " + target + " AS t USING " + source + " WHERE " + matches;
    }

    /**
     * The statements that make a table of keys where there is none, in which they are found quickly.
     *
     * @param table its name, quoted
     * @param index the name of its index, quoted
     * @param columns its columns with their types
     * @param key the columns of the key, quoted, with commas between
     */
    default List<String> createKeys(String table, String index, String columns, String key) {
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + table + " (" + columns + ")",
                "CREATE INDEX IF NOT EXISTS " + index + " ON " + table + " (" + key + ")");
    }

    /**
     * A column and what it gets, or is compared with.
     *
     * @param column its name in the table, quoted
     * @param value an expression
     */
    record ColumnValue(String column, String value) {}
}
