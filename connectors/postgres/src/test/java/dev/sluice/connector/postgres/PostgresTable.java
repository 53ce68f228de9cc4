package dev.sluice.connector.postgres;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.sql.JdbcTable;
import java.nio.charset.StandardCharsets;

/** A table in a real database, written through the driver. */
final class PostgresTable extends JdbcTable {
    private PostgresTable(PostgresDatabase database, TableSpec spec) {
        super(database, renamed(spec, PostgresTable::cut), spec.namespace() == null ? "public" : cut(spec.namespace()));
    }

    static PostgresTable create(PostgresDatabase database, TableSpec spec) {
        PostgresTable table = new PostgresTable(database, spec);
        table.create();
        return table;
    }

    private static String cut(String name) {
        String cut = name;
        while (cut.getBytes(StandardCharsets.UTF_8).length > 63) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    @Override
    protected String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    protected String columnType(DataType type) {
        return SqlTexts.columnType(type);
    }

    @Override
    protected String place(Field field) {
        return "?::text::" + SqlTexts.columnType(field.type());
    }

    @Override
    protected String input(DataType type, String text) {
        return SqlTexts.input(type, text);
    }
}
