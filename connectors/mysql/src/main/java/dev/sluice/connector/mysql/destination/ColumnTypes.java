package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.Optional;

/** The column types for new columns, and what columns that are there can hold, in the spelling of information_schema. */
final class ColumnTypes {
    static final String TEXT = "longtext";
    static final String BYTES = "longblob";
    static final String JSON = "json";
    static final String TRUTH = "tinyint(1)";
    static final String UUID = "char(36)";

    private static final int MAX_PRECISION = 65;
    private static final int MAX_SCALE = 30;
    private static final int MAX_FRACTION = 6;

    private ColumnTypes() {}

    static ColumnType of(DataType type, boolean jsonIsText) {
        return switch (type) {
            case DataType.BoolType ignored -> ColumnType.exact(TRUTH);
            case DataType.IntType(int bits) -> ColumnType.exact(integer(bits));
            case DecimalType decimal -> decimal(decimal);
            case DataType.FloatType(int bits) ->
                new ColumnType(
                        bits == 32 ? "float" : "double",
                        Fit.EXACT,
                        "NaN and the infinities, which MySQL has not, become null");
            case DataType.TextType ignored -> ColumnType.exact(TEXT);
            case DataType.BinaryType ignored -> ColumnType.exact(BYTES);
            case DataType.UuidType ignored -> ColumnType.widened(UUID, "held as text");
            case DataType.DateType ignored ->
                new ColumnType("date", Fit.EXACT, "years before 1 and after 9999 become null");
            case DataType.TimeType(int precision, boolean zoned) ->
                zoned
                        ? ColumnType.widened(TEXT, "held as text, because MySQL has no such type")
                        : time("time", precision);
            case DataType.TimestampType(int precision, boolean zoned) -> timestamp(precision, zoned);
            case DataType.JsonType ignored -> json(jsonIsText, Fit.EXACT);
            case DataType.ArrayType ignored -> json(jsonIsText, Fit.WIDENED);
            case DataType.ObjectType ignored -> json(jsonIsText, Fit.WIDENED);
            case DataType.UnknownType(String sourceType) ->
                ColumnType.widened(TEXT, "held as the text that the source gives for " + sourceType);
        };
    }

    private static ColumnType json(boolean keepsText, Fit fit) {
        return keepsText
                ? new ColumnType(JSON, fit, "values that lie deeper than 31 levels become null")
                : new ColumnType(
                        JSON,
                        Fit.WIDENED,
                        "MySQL keeps neither blanks nor the order of keys, of keys that occur twice the last one, and"
                            + " numbers as 64 bits; values with numbers beyond these or deeper than 99 levels become"
                            + " null");
    }

    private static String integer(int bits) {
        return switch (bits) {
            case 8 -> "tinyint(4)";
            case 16 -> "smallint";
            case 32 -> "int";
            default -> "bigint";
        };
    }

    private static ColumnType decimal(DecimalType type) {
        return decimal(wholeDigits(type), Math.max(0, type.scale()), type.isUnconstrained())
                .map(sql -> new ColumnType(sql, Fit.EXACT, "NaN, which MySQL has not, becomes null"))
                .orElseGet(() ->
                        ColumnType.widened(TEXT, "held as text, because MySQL has no number with so many digits"));
    }

    private static Optional<String> decimal(int whole, int scale, boolean unlimited) {
        int precision = Math.max(1, whole + scale);
        boolean fits = !unlimited && precision <= MAX_PRECISION && scale <= MAX_SCALE;
        return fits ? Optional.of("decimal(" + precision + "," + scale + ")") : Optional.empty();
    }

    private static int wholeDigits(DecimalType type) {
        return Math.max(0, type.precision() - type.scale());
    }

    private static ColumnType time(String name, int precision) {
        int fraction = Math.min(precision, MAX_FRACTION);
        String sql = fraction == 0 ? name : name + "(" + fraction + ")";
        return precision <= MAX_FRACTION
                ? ColumnType.exact(sql)
                : new ColumnType(sql, Fit.LOSSY, "MySQL keeps microseconds; what is finer is cut off");
    }

    /** TIMESTAMP ends in 2038, so points in time are held as dates and times of UTC. */
    private static ColumnType timestamp(int precision, boolean zoned) {
        ColumnType local = time("datetime", precision);
        if (local.fit() == Fit.LOSSY) {
            return local;
        }
        String range = "years before 1 and after 9999 become null";
        return zoned
                ? ColumnType.widened(local.sql(), "held as the date and time of UTC; " + range)
                : new ColumnType(local.sql(), Fit.EXACT, range);
    }

    /** True if a column can hold every value of a type for which {@link LineEncoders} has an encoder. */
    static boolean holds(TypeName column, DataType type) {
        if (column.unsigned()) {
            return false;
        }
        return switch (type) {
            case DataType.BoolType ignored -> bits(column) > 0 || column.name().equals(TEXT);
            case DataType.IntType(int bits) ->
                bits(column) >= bits
                        || column.name().equals(TEXT)
                        || (column.name().equals("decimal") && column.first() - column.second() >= digits(bits));
            case DecimalType decimal -> holdsDecimal(column, decimal);
            case DataType.FloatType(int bits) ->
                column.name().equals("double")
                        || (bits == 32 && column.name().equals("float"))
                        || column.name().equals(TEXT);
            case DataType.BinaryType ignored -> column.name().equals(BYTES);
            case DataType.UuidType ignored ->
                column.name().equals(TEXT) || (column.name().equals("char") && column.first() == 36);
            case DataType.DateType ignored ->
                column.name().equals("date") || column.name().equals(TEXT);
            case DataType.TimeType(int precision, boolean zoned) ->
                column.name().equals(TEXT) || (!zoned && isTime(column, "time", precision));
            case DataType.TimestampType(int precision, boolean ignored) ->
                column.name().equals(TEXT) || isTime(column, "datetime", precision);
            case DataType.JsonType ignored -> isDocument(column);
            case DataType.ArrayType ignored -> isDocument(column);
            case DataType.ObjectType ignored -> isDocument(column);
            case DataType.TextType ignored -> column.name().equals(TEXT);
            case DataType.UnknownType ignored -> column.name().equals(TEXT);
        };
    }

    private static boolean isDocument(TypeName column) {
        return column.name().equals(JSON) || column.name().equals(TEXT);
    }

    private static boolean isTime(TypeName column, String name, int precision) {
        return column.name().equals(name) && column.fraction() >= Math.min(precision, MAX_FRACTION);
    }

    private static boolean holdsDecimal(TypeName column, DecimalType type) {
        if (column.name().equals(TEXT)) {
            return true;
        }
        return column.name().equals("decimal")
                && !type.isUnconstrained()
                && column.second() >= type.scale()
                && column.first() - column.second() >= wholeDigits(type);
    }

    private static int bits(TypeName column) {
        return switch (column.name()) {
            // What is declared as a truth shows one, whatever number it could hold.
            case "tinyint" -> column.first() == 1 ? 1 : 8;
            case "smallint" -> 16;
            case "mediumint" -> 24;
            case "int" -> 32;
            case "bigint" -> 64;
            default -> 0;
        };
    }

    private static int digits(int bits) {
        return switch (bits) {
            case 8 -> 3;
            case 16 -> 5;
            case 32 -> 10;
            default -> 19;
        };
    }

    /** The type that holds the values of a column and those of a type as well; empty if there is none. */
    static Optional<String> widened(TypeName column, DataType type, String wanted) {
        if (type instanceof DataType.BinaryType) {
            return isBytes(column) ? Optional.of(BYTES) : Optional.empty();
        }
        return switch (column.name()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> widerInteger(column, type, wanted);
            case "decimal" -> widerDecimal(column, type);
            case "float", "double" -> type instanceof DataType.FloatType ? Optional.of("double") : Optional.empty();
            case "time" ->
                type instanceof DataType.TimeType(int ignored, boolean zoned) && !zoned
                        ? Optional.of(wanted)
                        : Optional.empty();
            case "datetime" -> type instanceof DataType.TimestampType ? Optional.of(wanted) : Optional.empty();
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "json", "date" -> Optional.of(TEXT);
            // The texts that the server makes of other values are not those that new rows would have.
            default -> Optional.empty();
        };
    }

    private static boolean isBytes(TypeName column) {
        return column.name().endsWith("blob") || column.name().endsWith("binary");
    }

    private static Optional<String> widerInteger(TypeName column, DataType type, String wanted) {
        int whole = digits(bits(column) <= 8 ? 8 : bits(column) <= 16 ? 16 : bits(column) <= 32 ? 32 : 64)
                + (column.unsigned() ? 1 : 0);
        return switch (type) {
            case DataType.IntType ignored -> column.unsigned() ? Optional.of("decimal(20,0)") : Optional.of(wanted);
            case DecimalType decimal ->
                decimal(Math.max(whole, wholeDigits(decimal)), Math.max(0, decimal.scale()), decimal.isUnconstrained())
                        .or(() -> Optional.of(TEXT));
            case DataType.BoolType ignored -> Optional.empty();
            default -> bits(column) == 1 ? Optional.empty() : Optional.of(TEXT);
        };
    }

    private static Optional<String> widerDecimal(TypeName column, DataType type) {
        int whole = column.first() - column.second();
        return switch (type) {
            case DataType.IntType(int bits) ->
                decimal(Math.max(whole, digits(bits)), column.second(), false).or(() -> Optional.of(TEXT));
            case DecimalType decimal ->
                decimal(
                                Math.max(whole, wholeDigits(decimal)),
                                Math.max(column.second(), decimal.scale()),
                                decimal.isUnconstrained())
                        .or(() -> Optional.of(TEXT));
            case DataType.BoolType ignored -> Optional.empty();
            default -> Optional.of(TEXT);
        };
    }
}
