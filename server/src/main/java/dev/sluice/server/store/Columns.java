package dev.sluice.server.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns of the tables of a store, as the scripts that make them say: they are the one place where a column has a type
 * that both databases understand.
 */
final class Columns {
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+) \\(");
    private static final Pattern ADDED = Pattern.compile("ALTER TABLE (\\w+) ADD COLUMN (\\w+) (\\S+?)[ ;].*");
    private static final Pattern COLUMN =
            Pattern.compile("    (\\w+) (TEXT|\\$\\{(?:id|long|flag|json|bytes|moment|serial)})[ ,].*");

    private Columns() {}

    /**
     * A column.
     *
     * @param name its name
     * @param kind what it holds
     */
    record Column(String name, Kind kind) {}

    /** What columns hold. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        BYTES,
        /** Counted by the database itself. */
        SERIAL,
        /** A time as the database has it; only the library that keeps schedules uses it. */
        MOMENT;

        private static Kind of(String type) {
            return switch (type) {
                case "TEXT", "${id}", "${json}" -> TEXT;
                case "${long}" -> NUMBER;
                case "${flag}" -> FLAG;
                case "${bytes}" -> BYTES;
                case "${serial}" -> SERIAL;
                case "${moment}" -> MOMENT;
                default -> throw new IllegalStateException("no column has the type " + type);
            };
        }
    }

    /** The tables in the order in which they are made, so that each comes behind those that it refers to. */
    static Map<String, List<Column>> of(List<Migration> migrations) {
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        for (Migration migration : migrations) {
            List<Column> open = new ArrayList<>();
            for (String line : migration.script().split("\n", -1)) {
                Matcher table = TABLE.matcher(line);
                Matcher added = ADDED.matcher(line);
                Matcher column = COLUMN.matcher(line + " ");
                if (table.matches()) {
                    open = new ArrayList<>();
                    tables.put(table.group(1), open);
                } else if (added.matches()) {
                    Objects.requireNonNull(tables.get(added.group(1)))
                            .add(new Column(added.group(2), Kind.of(added.group(3))));
                } else if (column.matches()) {
                    open.add(new Column(column.group(1), Kind.of(column.group(2))));
                }
            }
        }
        return tables;
    }
}
