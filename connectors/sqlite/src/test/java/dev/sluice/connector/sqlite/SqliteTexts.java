package dev.sluice.connector.sqlite;

import dev.sluice.spi.type.DataType;
import java.util.HexFormat;

/** How values of each type are stored by hand. */
final class SqliteTexts {
    private SqliteTexts() {}

    /** The declared type that discovery shows as exactly this type. */
    static String columnType(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> "BOOLEAN";
            case DataType.IntType ignored -> "BIGINT";
            case DataType.FloatType(int bits) -> bits == 32 ? "FLOAT4" : "DOUBLE PRECISION";
            case DataType.DecimalType(int precision, int scale) ->
                precision == 0 ? "DECIMAL_TEXT" : "DECIMAL_TEXT(" + precision + ", " + scale + ")";
            case DataType.BinaryType ignored -> "BLOB";
            case DataType.UuidType ignored -> "UUID";
            case DataType.DateType ignored -> "DATE";
            case DataType.TimeType(int precision, boolean zoned) -> fine(zoned ? "TIMETZ" : "TIME", precision);
            case DataType.TimestampType(int precision, boolean zoned) ->
                fine(zoned ? "TIMESTAMPTZ" : "DATETIME", precision);
            case DataType.JsonType ignored -> "JSON_TEXT";
            default -> "VARCHAR(20)";
        };
    }

    private static String fine(String name, int precision) {
        return precision > 6 ? name + "(" + precision + ")" : name;
    }

    /** True if a column can hold the value, and discovery shows it as this type. */
    static boolean stores(DataType type, String text) {
        return switch (type) {
            case DataType.IntType(int bits) -> bits == 64;
            case DataType.FloatType ignored -> !text.equals("NaN") && !text.equals("-0.0");
            case DataType.DecimalType decimal -> decimal.scale() >= 0;
            case DataType.TimeType(int precision, boolean ignored) -> precision == 6 || precision == 9;
            case DataType.TimestampType(int precision, boolean ignored) -> precision == 6 || precision == 9;
            case DataType.ArrayType ignored -> false;
            case DataType.ObjectType ignored -> false;
            case DataType.UnknownType ignored -> false;
            default -> true;
        };
    }

    /** What the driver stores for a value. */
    static Object stored(DataType type, String text) {
        return switch (type) {
            case DataType.BoolType ignored -> text.equals("true") ? 1 : 0;
            case DataType.IntType ignored -> Long.parseLong(text);
            case DataType.FloatType(int bits) ->
                bits == 32 ? (Object) (double) Float.parseFloat(text) : (Object) Double.parseDouble(text);
            case DataType.BinaryType ignored -> HexFormat.of().parseHex(text);
            default -> text;
        };
    }
}
