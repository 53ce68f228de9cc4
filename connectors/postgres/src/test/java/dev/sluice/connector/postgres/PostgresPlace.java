package dev.sluice.connector.postgres;

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
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import dev.sluice.testkit.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A fresh database to write to, looked at through the driver. */
final class PostgresPlace implements DestinationFixture {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final Map<String, Object> way;

    PostgresPlace() {
        this(Map.of());
    }

    /**
     * @param way options that lead to the database otherwise than straight
     */
    PostgresPlace(Map<String, Object> way) {
        this.way = way;
    }

    private Destination open(ConnectorContext context, Map<String, Object> otherwise) {
        return new PostgresDestination().open(Config.of(PostgresFixture.config(database, otherwise)), context);
    }

    @Override
    public Destination open(ConnectorContext context) {
        return open(context, way);
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        Map<String, Object> mayNotWrite = Map.of(
                "username", database.unprivileged().user(),
                "password", database.unprivileged().password());
        return List.of(
                broken("wrong password", ProblemKind.PERMISSION, Map.of("password", "canary-wrong-7f3a")),
                broken("no such database", ProblemKind.CONFIG, Map.of("database", "not_there")),
                broken("nobody listens", ProblemKind.UNREACHABLE, Map.of("port", 1)),
                broken("may not write", ProblemKind.PERMISSION, mayNotWrite));
    }

    private Misconfigured<Destination> broken(String name, ProblemKind kind, Map<String, Object> otherwise) {
        return Misconfigured.ofServer(
                name, kind, PostgresFixture.config(database, otherwise), context -> open(context, otherwise));
    }

    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex'");
            Optional<String> table = table(connection, plan.location());
            return table.isEmpty() ? Optional.empty() : Optional.of(content(statement, table.get()));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Optional<String> table(Connection connection, String location) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
              FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE n.nspname || '.' || c.relname = ?\
            """)) {
            statement.setString(1, location);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
            }
        }
    }

    private static TargetContent content(Statement statement, String table) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData meta = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnName(i));
            }
            return new TargetContent(
                    columns,
                    SqlDatabase.rows(
                            result,
                            columns,
                            (place, text) -> CanonicalText.of(meta.getColumnTypeName(place + 1), text)));
        }
    }

    @Override
    public Map<DestinationTrait, String> lacks() {
        return Map.of(
                DestinationTrait.UNCHANGED_VALUES, "no source of this version sends them",
                DestinationTrait.DISCARD_OF_MERGES, "merging again changes nothing, so merged rows stay");
    }

    @Override
    public boolean holds(DataType type, String text) {
        return switch (type) {
            case DataType.TextType ignored -> text.indexOf('\0') < 0;
            case DataType.UnknownType ignored -> text.indexOf('\0') < 0;
            case DataType.DecimalType decimal -> decimal.isUnconstrained() || !text.contains("Infinity");
            case DataType.DateType ignored -> SqlTexts.stores(type, text);
            case DataType.TimestampType ignored -> SqlTexts.stores(type, text);
            default -> true;
        };
    }

    @Override
    public OptionalInt mostFields() {
        return OptionalInt.of(1_596);
    }

    @Override
    public void close() {
        database.close();
    }
}
