package dev.sluice.dist.types;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.types.Plans.Target;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database of the PostgreSQL server that tests share. */
final class PostgresSide extends SqlSide {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    PostgresSide() {
        run(PostgresTypes.PREPARATION);
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String source() {
        return Endpoints.postgres(Endpoints.login(database) + ", schemas: [origin]");
    }

    @Override
    public String destination() {
        return Endpoints.postgres(Endpoints.login(database) + ", schema: arrival");
    }

    @Override
    String again(Target target) {
        return Endpoints.postgres(Endpoints.login(database) + ", schemas: [arrival]");
    }

    @Override
    String streamAgain(Target target) {
        return "arrival." + target.table();
    }

    @Override
    public List<NativeColumn> columns() {
        return PostgresTypes.all();
    }

    @Override
    Connection connect() throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET DateStyle = 'ISO, YMD'");
        }
        return connection;
    }

    @Override
    String origin() {
        return "origin";
    }

    @Override
    String arrival() {
        return "arrival";
    }

    @Override
    String text(String column, String columnType) {
        return columnType.equals("bytea") ? "encode(" + column + ", 'hex')" : column + "::text";
    }

    @Override
    public void close() {
        database.close();
    }
}
