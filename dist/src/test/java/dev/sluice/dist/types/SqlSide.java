package dev.sluice.dist.types;

import dev.sluice.dist.types.NativeColumn.Sample;
import dev.sluice.dist.types.Plans.Column;
import dev.sluice.dist.types.Plans.Target;
import dev.sluice.testkit.rows.Meaning;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A database, written and read through its driver. */
abstract class SqlSide implements Side {
    private static final char NAME = '"';

    /** A connection whose texts of values depend on no setting of this machine; the caller closes it. */
    abstract Connection connect() throws SQLException;

    /** The schema, quoted where it has to be, that the source table stands in. */
    abstract String origin();

    /** The one that the destination's tables stand in. */
    abstract String arrival();

    /** The expression that gives a column as text. */
    abstract String text(String column, String columnType);

    /** Quotes an identifier. */
    String quote(String name) {
        return NAME + name.replace("\"", "\"\"") + NAME;
    }

    @Override
    public String stream() {
        return origin() + "." + TABLE;
    }

    @Override
    public void create(Content content) {
        String table = origin() + "." + TABLE;
        List<NativeColumn> columns = content.columns();
        List<String> statements = new ArrayList<>();
        statements.add("DROP TABLE IF EXISTS " + table);
        statements.add(IntStream.range(0, columns.size())
                .mapToObj(i ->
                        quote(content.names().get(i)) + " " + columns.get(i).type() + nullable(columns.get(i)))
                .collect(Collectors.joining(", ", "CREATE TABLE " + table + " (id int PRIMARY KEY, ", ")")));
        int id = 0;
        for (List<@Nullable Sample> row : content.rows()) {
            id++;
            statements.add(row.stream()
                    .map(SqlSide::input)
                    .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES (" + id + ", ", ")")));
        }
        run(statements);
    }

    /** The value of {@code source:} for the place of the destination, and a table that has arrived there. */
    abstract String again(Target target);

    /** The name of the stream that such a table is. */
    abstract String streamAgain(Target target);

    /** What makes a column of this type take nulls. */
    String nullable(NativeColumn column) {
        return "";
    }

    private static String input(@Nullable Sample sample) {
        if (sample == null) {
            return "NULL";
        }
        return sample.quoted() ? literal(sample.input()) : sample.input();
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Runs statements on one connection. */
    final void run(List<String> statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException failed) {
                    throw new AssertionError(failed.getMessage() + "\nin: " + sql, failed);
                }
            }
            connection.commit();
        } catch (SQLException failed) {
            throw new AssertionError(failed.getMessage(), failed);
        }
    }

    @Override
    public List<Stored> read(Target target) {
        return query(selection(target), "FROM " + arrival() + "." + quote(target.table()), target);
    }

    /** The expressions for the number of a row, its metadata, and its columns. */
    final String selection(Target target) {
        return Stream.concat(
                        Stream.of(quote(ID), text(quote(META), "json")),
                        target.columns().stream()
                                .filter(column -> !column.field().equals(ID))
                                .map(column -> text(quote(column.column()), column.columnType())))
                .collect(Collectors.joining(", ", "SELECT ", " "));
    }

    final List<Stored> query(String selection, String from, Target target) {
        List<Column> columns = target.columns().stream()
                .filter(column -> !column.field().equals(ID))
                .toList();
        List<Stored> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(selection + from)) {
            while (result.next()) {
                Map<String, @Nullable String> texts = new HashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    texts.put(columns.get(i).field(), result.getString(i + 3));
                }
                rows.add(new Stored(result.getInt(1), texts, Facts.altered(Meaning.normal(result.getString(2)))));
            }
            return rows;
        } catch (SQLException failed) {
            throw new AssertionError(failed.getMessage() + "\nin: " + selection + from, failed);
        }
    }
}
