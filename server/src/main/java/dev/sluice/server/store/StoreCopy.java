package dev.sluice.server.store;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Columns.Column;
import dev.sluice.server.store.Columns.Kind;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a whole store into a file, and a file into an empty store, whichever databases both are in. The file is gzip over
 * lines of JSON: a head, for each table its name and its rows, and at the end how many rows there were, without which the
 * file is not whole. Secrets stay encrypted; the keys to them are not in it.
 */
public final class StoreCopy {
    private static final int FORMAT = 1;
    private static final int AT_ONCE = 500;

    /**
     * Who works and when something is due is found anew by the server that starts on the copy. What waits to be told to others
     * is told by the server that it was copied from.
     */
    private static final Set<String> LEFT_OUT = Set.of("server", "scheduled_task", "lineage_event");

    private final Store store;
    private final List<Migration> migrations = Migration.all();
    private final Map<String, List<Column>> tables = new LinkedHashMap<>(Columns.of(migrations));

    /** Of a store. */
    public StoreCopy(Store store) {
        this.store = store;
        tables.keySet().removeAll(LEFT_OUT);
    }

    /**
     * Writes the store as it is at one moment.
     *
     * @param out is closed
     * @return how many rows there are
     */
    public long write(OutputStream out) {
        return store.<Long>read(transaction -> {
            try (Writer lines = new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
                line(lines, Map.of("sluice", "store", "format", FORMAT, "version", migrations.size()));
                long rows = 0;
                for (Map.Entry<String, List<Column>> table : tables.entrySet()) {
                    line(lines, Map.of("table", table.getKey()));
                    rows += write(transaction, table.getKey(), table.getValue(), lines);
                }
                line(lines, Map.of("rows", rows));
                return rows;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    private static long write(Transaction transaction, String table, List<Column> columns, Writer lines)
            throws SQLException, IOException {
        long rows = 0;
        try (Statement statement = transaction.connection().createStatement()) {
            statement.setFetchSize(AT_ONCE);
            try (ResultSet result = statement.executeQuery("SELECT " + names(columns) + " FROM " + table)) {
                Row row = new Row(result);
                while (result.next()) {
                    List<@Nullable Object> values = new ArrayList<>(columns.size());
                    for (Column column : columns) {
                        values.add(value(row, column, result));
                    }
                    line(lines, values);
                    rows++;
                }
            }
        }
        return rows;
    }

    private static @Nullable Object value(Row row, Column column, ResultSet result) throws SQLException {
        return switch (column.kind()) {
            case TEXT -> row.textOrNull(column.name());
            case NUMBER, SERIAL -> row.numberOrNull(column.name());
            case FLAG -> {
                boolean flag = row.flag(column.name());
                yield result.wasNull() ? null : flag;
            }
            case BYTES -> {
                byte[] bytes = row.bytesOrNull(column.name());
                yield bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
            }
            case MOMENT -> throw new IllegalStateException("no table that is copied has such a column");
        };
    }

    private static String names(List<Column> columns) {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }

    private static void line(Writer lines, Object value) throws IOException {
        lines.write(JsonText.write(value));
        lines.write('\n');
    }

    /**
     * Fills the store, which has to be empty: with everything or, if something is wrong, with nothing.
     *
     * @param in is closed
     * @return how many rows there are
     * @throws ProblemException code {@code E_CONTROL_IMPORT}, if the file cannot be taken
     */
    public long read(InputStream in) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            requireHead(lines.readLine());
            // A second try would find the file half read, so there is none: the work is done outside of it.
            return once(lines);
        } catch (IOException notGzip) {
            throw refused("it cannot be read: " + notGzip.getMessage());
        }
    }

    private long once(BufferedReader lines) {
        boolean[] begun = {false};
        return store.<Long>compute(transaction -> {
            if (begun[0]) {
                throw refused("somebody else was using the store");
            }
            begun[0] = true;
            requireEmpty(transaction);
            try {
                return fill(transaction, lines);
            } catch (IOException failed) {
                throw refused("it ends in the middle: " + failed.getMessage());
            } catch (IllegalArgumentException notJson) {
                throw refused("it is damaged: " + notJson.getMessage());
            }
        });
    }

    private void requireHead(@Nullable String line) {
        Object head = line == null ? null : parsed(line);
        if (!(head instanceof Map<?, ?> map) || !"store".equals(map.get("sluice"))) {
            throw refused("it is no copy of a store");
        }
        if (!isNumber(map.get("format"), FORMAT) || !isNumber(map.get("version"), migrations.size())) {
            throw refused(
                    "it was made by another version of Sluice; import it with that version, and update afterwards");
        }
    }

    private static boolean isNumber(@Nullable Object value, int number) {
        return value instanceof Number given && given.intValue() == number;
    }

    private static @Nullable Object parsed(String line) {
        try {
            return JsonText.read(line);
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    private void requireEmpty(Transaction transaction) throws SQLException {
        for (String table : tables.keySet()) {
            if (transaction.count("SELECT count(*) AS n FROM " + table) > 0) {
                throw Problem.of("E_CONTROL_IMPORT", ProblemKind.CONFLICT, "the store is not empty")
                        .at(store.place())
                        .because("there is something in the table " + table)
                        .fix("import into a new data directory or an empty database, before a server was started on it")
                        .exception();
            }
        }
    }

    private long fill(Transaction transaction, BufferedReader lines) throws IOException, SQLException {
        Filling filling = new Filling(transaction);
        long rows = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Object value = JsonText.read(line);
            if (value instanceof List<?> row) {
                filling.add(row);
                rows++;
            } else if (value instanceof Map<?, ?> map && map.get("table") instanceof String table) {
                filling.begin(table);
            } else if (value instanceof Map<?, ?> map && map.get("rows") instanceof Number counted) {
                if (counted.longValue() != rows) {
                    throw refused("it has " + rows + " rows in the place of " + counted);
                }
                filling.flush();
                afterwards(transaction);
                return rows;
            } else {
                throw refused("it is damaged");
            }
        }
        throw refused("it ends in the middle");
    }

    /** Numbers go on behind the last one, and what is due is arranged when a server starts. */
    private void afterwards(Transaction transaction) throws SQLException {
        transaction.change("UPDATE connection_summary SET next_run_at = NULL");
        if (transaction.dialect() == Dialect.POSTGRES) {
            for (Map.Entry<String, List<Column>> table : tables.entrySet()) {
                for (Column column : table.getValue()) {
                    if (column.kind() == Kind.SERIAL) {
                        transaction.count("SELECT setval(pg_get_serial_sequence('" + table.getKey() + "', '"
                                + column.name() + "'), coalesce(max(" + column.name() + "), 0) + 1, false) AS n FROM "
                                + table.getKey());
                    }
                }
            }
        }
    }

    /** Rows on their way into a table, some at a time. */
    private final class Filling {
        private final Transaction transaction;
        private final List<@Nullable Object[]> rows = new ArrayList<>();
        private String table = "";
        private List<Column> columns = List.of();

        Filling(Transaction transaction) {
            this.transaction = transaction;
        }

        void begin(String name) throws SQLException {
            flush();
            table = name;
            columns = tables.getOrDefault(name, List.of());
            if (columns.isEmpty()) {
                throw refused("it has a table " + name + ", which no store has");
            }
        }

        void add(List<?> row) throws SQLException {
            if (row.size() != columns.size()) {
                throw refused("a row of " + table + " has " + row.size() + " values");
            }
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(columns.get(i).kind(), row.get(i));
            }
            rows.add(values);
            if (rows.size() == AT_ONCE) {
                flush();
            }
        }

        private @Nullable Object value(Kind kind, @Nullable Object told) {
            return switch (kind) {
                case NUMBER, SERIAL -> told instanceof Number number ? (Long) number.longValue() : null;
                case BYTES -> told == null ? null : Base64.getDecoder().decode(told.toString());
                case TEXT, FLAG, MOMENT -> told;
            };
        }

        void flush() throws SQLException {
            if (!rows.isEmpty()) {
                String places = String.join(", ", columns.stream().map(_ -> "?").toList());
                transaction.changeEach(
                        "INSERT INTO " + table + " (" + names(columns) + ") VALUES (" + places + ")", rows);
                rows.clear();
            }
        }
    }

    private static ProblemException refused(String why) {
        return Problem.of("E_CONTROL_IMPORT", ProblemKind.CONFIG, "the file cannot be imported; nothing was changed")
                .because(Objects.requireNonNull(why))
                .fix("export the store once more")
                .exception();
    }
}
