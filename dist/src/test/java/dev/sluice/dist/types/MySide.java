package dev.sluice.dist.types;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.types.Plans.Target;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Databases of the server of a product that tests share. */
final class MySide extends SqlSide {
    private final MyProduct product;
    private final MyDatabase origin;
    private final MyDatabase arrival;

    MySide(MyProduct product) {
        this.product = product;
        this.origin = MyServer.shared(product).createDatabase();
        this.arrival = MyServer.shared(product).createDatabase();
    }

    @Override
    public String name() {
        return product == MyProduct.MARIADB ? "mariadb" : "mysql";
    }

    @Override
    public String source() {
        return endpoint("database: " + origin.name());
    }

    @Override
    public String destination() {
        return endpoint("database: " + arrival.name() + ", internal_database: " + internal());
    }

    private String internal() {
        return arrival.name() + "_internal";
    }

    private String endpoint(String more) {
        return Endpoints.mysql(Endpoints.login(origin) + ", " + more);
    }

    @Override
    String again(Target target) {
        return endpoint("database: " + arrival.name());
    }

    @Override
    String streamAgain(Target target) {
        return arrival.name() + "." + target.table();
    }

    @Override
    public List<NativeColumn> columns() {
        return MyTypes.of(product);
    }

    /** Timestamps are NOT NULL unless they are said to be otherwise. */
    @Override
    String nullable(NativeColumn column) {
        return " NULL";
    }

    @Override
    String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    Connection connect() throws SQLException {
        Connection connection = origin.connect();
        try (Statement statement = connection.createStatement()) {
            // Zero dates and backslashes as they are: so do servers that are not strict.
            statement.execute("SET time_zone = '+00:00', sql_mode = 'NO_BACKSLASH_ESCAPES'");
        }
        return connection;
    }

    @Override
    String origin() {
        return origin.name();
    }

    @Override
    String arrival() {
        return arrival.name();
    }

    @Override
    String text(String column, String columnType) {
        if (columnType.endsWith("blob")) {
            return "LOWER(HEX(" + column + "))";
        }
        return columnType.equals("float") ? "(" + column + " * 1e0)" : "CAST(" + column + " AS CHAR)";
    }

    @Override
    public void close() {
        arrival.execute("DROP DATABASE IF EXISTS " + internal());
        origin.close();
        arrival.close();
    }
}
