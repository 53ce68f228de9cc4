package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.mysql.session.MySession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table as its server declares them, all of them and in order.
 *
 * @param columns the columns
 */
public record LogShape(List<Column> columns) {
    private static final Pattern COMPUTED = Pattern.compile("\\b(VIRTUAL|STORED|PERSISTENT)\\b");

    public LogShape {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type its type as the server spells it, such as {@code int(10) unsigned}
     * @param charset how it holds text; null if it holds none
     * @param isComputed true if the server computes it
     */
    public record Column(String name, String type, @Nullable String charset, boolean isComputed) {
        /** The name of its type alone, in small letters. */
        String base() {
            int end = 0;
            while (end < type.length() && Character.isLetterOrDigit(type.charAt(end))) {
                end++;
            }
            return type.substring(0, end).toLowerCase(Locale.ROOT);
        }

        /** The number behind the name of its type; -1 if there is none. */
        long length() {
            int open = type.indexOf('(');
            int end = open + 1;
            while (open >= 0 && end < type.length() && Character.isDigit(type.charAt(end))) {
                end++;
            }
            return end > open + 1 && open >= 0 ? Long.parseLong(type.substring(open + 1, end)) : -1;
        }

        boolean isUnsigned() {
            String lower = type.toLowerCase(Locale.ROOT);
            return lower.contains("unsigned") || lower.contains("zerofill");
        }

        /** The values of an ENUM or SET. */
        List<String> members() {
            return Members.of(type);
        }

        /** True if values of this column are what those of a column of now would be: it only became wider since. */
        boolean isLike(Column now) {
            if (type.equalsIgnoreCase(now.type) && sameText(now)) {
                return true;
            }
            long before = room();
            long after = now.room();
            if (before >= 0 && after >= 0) {
                return after >= before && isText() == now.isText() && (isText() ? sameText(now) : true);
            }
            boolean listed = base().equals(now.base()) && (base().equals("enum") || base().equals("set"));
            return listed
                    && sameText(now)
                    && now.members().size() >= members().size()
                    && now.members().subList(0, members().size()).equals(members());
        }

        private boolean sameText(Column now) {
            return charset == null ? now.charset == null : Charsets.isKept(charset, now.charset);
        }

        /** True if it holds text of variable length. */
        boolean isText() {
            return List.of("varchar", "tinytext", "text", "mediumtext", "longtext")
                    .contains(base());
        }

        /** How much a text or bytes of variable length may take, in steps that can be compared; -1 for other types. */
        private long room() {
            return switch (base()) {
                case "varchar", "varbinary" -> length();
                case "tinytext", "tinyblob" -> 1 << 6;
                case "text", "blob" -> 1 << 16;
                case "mediumtext", "mediumblob" -> 1 << 24;
                case "longtext", "longblob" -> 1L << 32;
                default -> -1;
            };
        }
    }

    /** The columns of a table as they are now; none if there is no such table. */
    public static LogShape of(MySession session, String database, String table) {
        List<Column> columns = new ArrayList<>();
        for (SqlRow row : session.query(
                "SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME, EXTRA FROM information_schema.COLUMNS WHERE"
                        + " TABLE_SCHEMA = ? AND TABLE_NAME = ? AND BINARY TABLE_SCHEMA = ? AND BINARY TABLE_NAME = ?"
                        + " ORDER BY ORDINAL_POSITION",
                database,
                table,
                database,
                table)) {
            columns.add(column(row, 0));
        }
        return new LogShape(columns);
    }

    /** A column from name, type, character set and remarks, which stand in a row of the catalog from a place on. */
    public static Column column(SqlRow row, int from) {
        String remarks = String.valueOf(row.text(from + 3)).toUpperCase(Locale.ROOT);
        return new Column(
                row.requireText(from),
                row.requireText(from + 1),
                row.text(from + 2),
                COMPUTED.matcher(remarks).find());
    }

    /** The place of a column that the log tells; below 0 if there is none. */
    int place(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name) && !columns.get(i).isComputed()) {
                return i;
            }
        }
        return -1;
    }

    /** The columns as lists of texts, for positions. */
    List<List<@Nullable String>> texts() {
        List<List<@Nullable String>> texts = new ArrayList<>();
        for (Column column : columns) {
            texts.add(Arrays.asList(column.name(), column.type(), column.charset(), column.isComputed() ? "c" : null));
        }
        return texts;
    }

    /**
     * Reads what {@link #texts} gave.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static LogShape parse(@Nullable Object texts) {
        if (!(texts instanceof List<?> list)) {
            throw new IllegalArgumentException("the position lacks the columns of its table");
        }
        List<Column> columns = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof List<?> parts) || parts.size() != 4) {
                throw new IllegalArgumentException("the position has a malformed column");
            }
            Object charset = parts.get(2);
            columns.add(new Column(
                    String.valueOf(parts.get(0)),
                    String.valueOf(parts.get(1)),
                    charset == null ? null : charset.toString(),
                    parts.get(3) != null));
        }
        return new LogShape(columns);
    }
}
