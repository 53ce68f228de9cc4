package dev.sluice.connector.mysql;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.sql.JdbcTable;

/** A table in a real database, written through the driver. */
final class MyTable extends JdbcTable {
    private MyTable(MyDatabase database, TableSpec spec) {
        super(
                database,
                renamed(spec, MyTable::cut),
                spec.namespace() == null ? database.name() : cut(spec.namespace()));
    }

    static MyTable create(MyDatabase database, TableSpec spec) {
        MyTable table = new MyTable(database, spec);
        table.create();
        return table;
    }

    /** Names have at most 64 characters, none beyond the basic plane, and no blank at the end. */
    private static String cut(String name) {
        int end = 0;
        while (end < name.length() && end < 64 && !Character.isSurrogate(name.charAt(end))) {
            end++;
        }
        return name.substring(0, end).stripTrailing();
    }

    @Override
    protected String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    protected String columnType(DataType type) {
        return SqlTexts.columnType(type);
    }

    @Override
    protected String place(Field field) {
        return switch (field.type()) {
            case DataType.BinaryType ignored -> "UNHEX(?)";
            case DataType.BoolType ignored -> "CAST(? AS UNSIGNED)";
            default -> "?";
        };
    }

    @Override
    protected String input(DataType type, String text) {
        return SqlTexts.input(type, text);
    }
}
