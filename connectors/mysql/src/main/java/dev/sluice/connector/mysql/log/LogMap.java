package dev.sluice.connector.mysql.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the log says of a table before its rows: how each column's values are held, and on servers with
 * {@code binlog_row_metadata = FULL} the names of the columns.
 *
 * @param columns the columns in order
 * @param names their names; empty if the log does not tell them
 */
record LogMap(List<ColumnWire> columns, List<String> names) {
    private static final int COLUMN_NAMES = 4;

    /** Reads what stands behind the name of the table. */
    static LogMap read(byte[] bytes) throws IOException {
        try {
            return new Reader(bytes).read();
        } catch (IndexOutOfBoundsException malformed) {
            throw new IOException("the log describes a table that cannot be understood", malformed);
        }
    }

    /** True if a table with these columns can have been described so. */
    boolean fits(LogShape shape) {
        if (columns.size() != shape.columns().size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            LogShape.Column column = shape.columns().get(i);
            boolean named = names.isEmpty() || names.get(i).equals(column.name());
            if (!named || (!column.isComputed() && !columns.get(i).fits(column))) {
                return false;
            }
        }
        return true;
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        LogMap read() {
            int count = number();
            int types = at;
            at += count;
            int end = number() + at;
            List<ColumnWire> columns = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int type = bytes[types + i] & 0xFF;
                int described = ColumnWire.described(type);
                int first = described > 0 ? bytes[at] & 0xFF : 0;
                int second = described > 1 ? bytes[at + 1] & 0xFF : 0;
                at += described;
                columns.add(new ColumnWire(type, first, second));
            }
            if (at != end) {
                throw new IndexOutOfBoundsException("a column is of an unknown type");
            }
            at = end + (count + 7) / 8;
            return new LogMap(columns, names(count));
        }

        private List<String> names(int count) {
            List<String> names = new ArrayList<>();
            while (at < bytes.length) {
                int kind = bytes[at++];
                int next = number();
                next += at;
                while (kind == COLUMN_NAMES && at < next) {
                    int length = number();
                    names.add(new String(bytes, at, length, StandardCharsets.UTF_8));
                    at += length;
                }
                at = next;
            }
            return names.size() == count ? names : List.of();
        }

        private int number() {
            int first = bytes[at++] & 0xFF;
            int more = switch (first) {
                case 0xFC -> 2;
                case 0xFD -> 3;
                default -> 0;
            };
            int value = more == 0 ? first : (int) LogTimes.little(bytes, at, more);
            at += more;
            return value;
        }
    }
}
