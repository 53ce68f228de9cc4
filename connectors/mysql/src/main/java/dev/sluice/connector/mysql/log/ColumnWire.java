package dev.sluice.connector.mysql.log;

import java.util.List;

/**
 * How the log holds the values of a column (MySQL's documentation of the Table_map event).
 *
 * @param type the number of the type
 * @param first the first byte of what is said of it
 * @param second the second byte
 */
record ColumnWire(int type, int first, int second) {
    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int TIMESTAMP = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME = 11;
    static final int DATETIME = 12;
    static final int YEAR = 13;
    static final int NEWDATE = 14;
    static final int VARCHAR = 15;
    static final int BIT = 16;
    static final int TIMESTAMP2 = 17;
    static final int DATETIME2 = 18;
    static final int TIME2 = 19;
    static final int BLOB_COMPRESSED = 140;
    static final int VARCHAR_COMPRESSED = 141;
    static final int VECTOR = 242;
    static final int JSON = 245;
    static final int NEWDECIMAL = 246;
    static final int ENUM = 247;
    static final int SET = 248;
    static final int TINY_BLOB = 249;
    static final int BLOB = 252;
    static final int VAR_STRING = 253;
    static final int STRING = 254;
    static final int GEOMETRY = 255;

    /** The bytes that are said of a type beside its number. */
    static int described(int type) {
        return switch (type) {
            case FLOAT, DOUBLE, TIMESTAMP2, DATETIME2, TIME2, JSON, GEOMETRY, BLOB_COMPRESSED, VECTOR -> 1;
            case TINY_BLOB, TINY_BLOB + 1, TINY_BLOB + 2, BLOB -> 1;
            case VARCHAR, VARCHAR_COMPRESSED, BIT, NEWDECIMAL, ENUM, SET, VAR_STRING, STRING -> 2;
            default -> 0;
        };
    }

    /** The type that a fixed string stands for, such as an ENUM. */
    int real() {
        if (type != STRING) {
            return type;
        }
        // Where the string is longer than a byte can say, the rest of its length hides in the type.
        return (first & 0x30) == 0x30 ? first : first | 0x30;
    }

    /** The most bytes of a fixed string. */
    private int fixedLength() {
        return (first & 0x30) == 0x30 ? second : second | ((first & 0x30) ^ 0x30) << 4;
    }

    /** The bytes of each value; -1 if they stand in front of it. */
    int size() {
        return switch (real()) {
            case TINY, YEAR -> 1;
            case SHORT -> 2;
            case INT24, DATE, NEWDATE, TIME -> 3;
            case LONG, FLOAT, TIMESTAMP -> 4;
            case DOUBLE, LONGLONG, DATETIME -> 8;
            case TIMESTAMP2 -> 4 + (first + 1) / 2;
            case DATETIME2 -> 5 + (first + 1) / 2;
            case TIME2 -> 3 + (first + 1) / 2;
            case BIT -> second + (first > 0 ? 1 : 0);
            case NEWDECIMAL -> LogDecimals.size(first, second);
            case ENUM, SET -> second;
            default -> -1;
        };
    }

    /** The bytes of the length in front of each value. */
    int prefix() {
        return switch (type) {
            case VARCHAR, VAR_STRING -> (first | second << 8) > 255 ? 2 : 1;
            case STRING -> fixedLength() > 255 ? 2 : 1;
            default -> first;
        };
    }

    /** True if a column that is declared with a type of this name has such values; nothing else is read. */
    boolean fits(LogShape.Column column) {
        String base = column.base();
        return switch (real()) {
            case TINY -> base.equals("tinyint");
            case SHORT -> base.equals("smallint");
            case INT24 -> base.equals("mediumint");
            case LONG -> base.equals("int") || base.equals("integer");
            case LONGLONG -> base.equals("bigint");
            case FLOAT -> base.equals("float");
            case DOUBLE -> base.equals("double") || base.equals("real");
            case NEWDECIMAL -> base.equals("decimal") && column.length() == first;
            case YEAR -> base.equals("year");
            case BIT -> base.equals("bit");
            case DATE, NEWDATE -> base.equals("date");
            case TIMESTAMP -> column.type().equalsIgnoreCase("timestamp");
            case DATETIME -> column.type().equalsIgnoreCase("datetime");
            case TIME -> column.type().equalsIgnoreCase("time");
            case TIMESTAMP2 -> base.equals("timestamp") && Math.max(0, column.length()) == first;
            case DATETIME2 -> base.equals("datetime") && Math.max(0, column.length()) == first;
            case TIME2 -> base.equals("time") && Math.max(0, column.length()) == first;
            case VARCHAR, VAR_STRING -> base.equals("varchar") || base.equals("varbinary");
            case ENUM -> base.equals("enum");
            case SET -> base.equals("set");
            case STRING -> List.of("char", "binary", "uuid", "inet6", "inet4").contains(base);
            case JSON -> base.equals("json");
            case BLOB, TINY_BLOB, TINY_BLOB + 1, TINY_BLOB + 2 ->
                base.endsWith("blob") || base.endsWith("text") || base.equals("json");
            case GEOMETRY -> column.charset() == null;
            default -> false;
        };
    }
}
