package dev.sluice.connector.mysql;

import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.DestinationTrait;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.TargetContent;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyServer;
import dev.sluice.testkit.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fresh database to write to, looked at through the driver. */
final class MyPlace implements DestinationFixture {
    private static final int NO_SUCH_TABLE = 1146;

    private final MyDatabase database = MyServer.shared().createDatabase();
    private final Map<String, String> spellings = new ConcurrentHashMap<>();
    private final Map<String, Object> way;

    MyPlace() {
        this(Map.of());
    }

    /**
     * @param way options that lead to the database otherwise than straight
     */
    MyPlace(Map<String, Object> way) {
        this.way = way;
    }

    /** A column of a table that is there. */
    private record Column(String name, String columnType) {
        String dataType() {
            return columnType.split("[( ]", 2)[0];
        }
    }

    MyDatabase database() {
        return database;
    }

    /** The options that reach the database. */
    static Map<String, @Nullable Object> config(MyDatabase database, Map<String, Object> otherwise) {
        Map<String, @Nullable Object> config = TableFixture.config(database, Map.of("database", database.name()));
        config.put("internal_database", database.name() + "_internal");
        config.putAll(otherwise);
        return config;
    }

    private Destination open(ConnectorContext context, Map<String, Object> otherwise) {
        return new MySqlDestination().open(Config.of(config(database, otherwise)), context);
    }

    @Override
    public Destination open(ConnectorContext context) {
        return open(context, way);
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        return List.of(
                broken("wrong password", ProblemKind.PERMISSION, Map.of("password", "canary-wrong-7f3a")),
                broken("nobody listens", ProblemKind.UNREACHABLE, Map.of("port", 1)),
                broken("may not write", ProblemKind.PERMISSION, stranger()));
    }

    private Map<String, Object> stranger() {
        return Map.of(
                "username", database.unprivileged().user(),
                "password", database.unprivileged().password());
    }

    private Misconfigured<Destination> broken(String name, ProblemKind kind, Map<String, Object> otherwise) {
        return Misconfigured.ofServer(name, kind, config(database, otherwise), context -> open(context, otherwise));
    }

    /**
     * Looks at a table as a reader would who knows its name: the catalog lists files and can miss a table while it is
     * renamed, so it is asked but once for the spelling of a name.
     */
    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            String table = spellings.get(plan.location());
            if (table == null) {
                table = spelling(statement, plan.location());
            }
            if (table == null) {
                return Optional.empty();
            }
            spellings.put(plan.location(), table);
            return Optional.of(content(statement, table, plan));
        } catch (SQLException failure) {
            if (failure.getErrorCode() == NO_SUCH_TABLE) {
                return Optional.empty();
            }
            throw new IllegalStateException(failure);
        }
    }

    private static @Nullable String spelling(Statement statement, String location) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES")) {
            while (result.next()) {
                String name = result.getString(1) + "." + result.getString(2);
                if (CanonicalText.folded(name).equals(location)) {
                    return quoted(result.getString(1)) + "." + quoted(result.getString(2));
                }
            }
            return null;
        }
    }

    private static List<Column> columns(Statement statement, String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("SHOW COLUMNS FROM " + table)) {
            while (result.next()) {
                columns.add(new Column(result.getString(1), result.getString(2)));
            }
        }
        return columns;
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static TargetContent content(Statement statement, String table, TargetPlan plan) throws SQLException {
        List<Column> columns = columns(statement, table);
        Set<String> points = plan.columns().stream()
                .filter(column ->
                        column.field().type() instanceof DataType.TimestampType(int ignored, boolean zoned) && zoned)
                .map(ColumnPlan::column)
                .collect(Collectors.toSet());
        String selected = columns.stream()
                .map(column -> CanonicalText.selected(quoted(column.name()), column.dataType()))
                .collect(Collectors.joining(", "));
        try (ResultSet result = statement.executeQuery("SELECT " + selected + " FROM " + table)) {
            List<String> names = columns.stream().map(Column::name).toList();
            return new TargetContent(names, SqlDatabase.rows(result, names, (place, text) -> {
                Column column = columns.get(place);
                return CanonicalText.of(column.dataType(), column.columnType(), points.contains(column.name()), text);
            }));
        }
    }

    @Override
    public Map<DestinationTrait, String> lacks() {
        return Map.of(
                DestinationTrait.DISCARD_OF_MERGES, "merging again changes nothing, so merged rows stay",
                DestinationTrait.UNCHANGED_VALUES, "no source of this version sends them");
    }

    @Override
    public boolean holds(DataType type, String text) {
        return switch (type) {
            case DataType.DecimalType ignored -> !text.equals("NaN") && !text.contains("Infinity");
            case DataType.FloatType ignored -> !text.equals("NaN") && !text.contains("Infinity");
            case DataType.DateType ignored -> SqlTexts.isBetween(text, 1, 9999);
            case DataType.TimestampType ignored -> SqlTexts.isBetween(text, 1, 9999);
            case DataType.JsonType ignored ->
                SqlTexts.depth(text) < SqlTexts.MAX_JSON_DEPTH && SqlTexts.keepsNumbers(text);
            case DataType.ArrayType ignored -> SqlTexts.depth(text) < SqlTexts.MAX_JSON_DEPTH;
            case DataType.ObjectType ignored -> SqlTexts.depth(text) < SqlTexts.MAX_JSON_DEPTH;
            default -> true;
        };
    }

    /** The engine of the server has 1,017 columns, four of which are Airbyte's. */
    @Override
    public OptionalInt mostFields() {
        return OptionalInt.of(1_013);
    }

    @Override
    public void close() {
        database.query("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN ('mysql',"
                        + " 'information_schema', 'performance_schema', 'sys') AND SCHEMA_NAME NOT REGEXP"
                        + " '^test_[0-9]+$'")
                .forEach(row -> database.execute(
                        "DROP DATABASE `" + String.valueOf(row.getFirst()).replace("`", "``") + "`"));
        database.close();
    }
}
