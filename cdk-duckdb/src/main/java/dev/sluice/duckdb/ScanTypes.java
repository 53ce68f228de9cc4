package dev.sluice.duckdb;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Layout;
import dev.sluice.spi.type.Schema;
import java.lang.foreign.Arena;
import java.util.List;

/** The DuckDB types in which the values of our types come into DuckDB. */
public final class ScanTypes {
    private static final DataType ROW = new DataType.BoolType();

    private ScanTypes() {}

    /**
     * The SQL name of the type in which values of a type come, which is also the column type that holds them best.
     *
     * <p>Decimals of more than 38 digits come as text, times with a zone with microseconds only.
     */
    public static String sqlName(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> "BOOLEAN";
            case DataType.IntType(int bits) ->
                switch (bits) {
                    case 8 -> "TINYINT";
                    case 16 -> "SMALLINT";
                    case 32 -> "INTEGER";
                    default -> "BIGINT";
                };
            case DecimalType decimal ->
                decimal.layout() == Layout.BYTES
                        ? "VARCHAR"
                        : "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            case DataType.FloatType(int bits) -> bits == 32 ? "FLOAT" : "DOUBLE";
            case DataType.TextType ignored -> "VARCHAR";
            case DataType.UnknownType ignored -> "VARCHAR";
            case DataType.BinaryType ignored -> "BLOB";
            case DataType.UuidType ignored -> "UUID";
            case DataType.DateType ignored -> "DATE";
            case DataType.TimeType time ->
                time.zoned() ? "TIME WITH TIME ZONE" : time.precision() > 6 ? "TIME_NS" : "TIME";
            case DataType.TimestampType(int precision, boolean zoned) ->
                zoned
                        ? precision > 6 ? "TIMESTAMPTZ_NS" : "TIMESTAMP WITH TIME ZONE"
                        : precision > 6 ? "TIMESTAMP_NS" : "TIMESTAMP";
            case DataType.JsonType ignored -> "JSON";
            case DataType.ArrayType ignored -> "JSON";
            case DataType.ObjectType ignored -> "JSON";
        };
    }

    /** The types of a scan's columns: those of the fields, or one that stands in for them. */
    static List<DataType> columns(Schema schema) {
        return schema.size() == 0
                ? List.of(ROW)
                : schema.fields().stream().map(Field::type).toList();
    }

    /** A logical type for values of a type, which the caller destroys. */
    static long create(DataType type) {
        if (type instanceof DecimalType decimal && decimal.layout() != Layout.BYTES) {
            return Native.CREATE_DECIMAL_TYPE.call((byte) decimal.precision(), (byte) decimal.scale());
        }
        long logical = Native.CREATE_LOGICAL_TYPE.call(id(type).code());
        if (sqlName(type).equals("JSON")) {
            // JSON is text under another name; under its own name it goes into a JSON column without being parsed.
            try (Arena arena = Arena.ofConfined()) {
                Native.LOGICAL_TYPE_SET_ALIAS.call(logical, Memory.text(arena, "JSON"));
            }
        }
        return logical;
    }

    /** The type of the vectors. */
    static TypeId id(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> TypeId.BOOLEAN;
            case DataType.IntType(int bits) ->
                switch (bits) {
                    case 8 -> TypeId.TINYINT;
                    case 16 -> TypeId.SMALLINT;
                    case 32 -> TypeId.INTEGER;
                    default -> TypeId.BIGINT;
                };
            case DecimalType decimal -> decimal.layout() == Layout.BYTES ? TypeId.VARCHAR : TypeId.DECIMAL;
            case DataType.FloatType(int bits) -> bits == 32 ? TypeId.FLOAT : TypeId.DOUBLE;
            case DataType.BinaryType ignored -> TypeId.BLOB;
            case DataType.UuidType ignored -> TypeId.UUID;
            case DataType.DateType ignored -> TypeId.DATE;
            case DataType.TimeType time ->
                time.zoned() ? TypeId.TIME_TZ : time.precision() > 6 ? TypeId.TIME_NS : TypeId.TIME;
            case DataType.TimestampType(int precision, boolean zoned) ->
                zoned
                        ? precision > 6 ? TypeId.TIMESTAMP_TZ_NS : TypeId.TIMESTAMP_TZ
                        : precision > 6 ? TypeId.TIMESTAMP_NS : TypeId.TIMESTAMP;
            case DataType.TextType ignored -> TypeId.VARCHAR;
            case DataType.JsonType ignored -> TypeId.VARCHAR;
            case DataType.ArrayType ignored -> TypeId.VARCHAR;
            case DataType.ObjectType ignored -> TypeId.VARCHAR;
            case DataType.UnknownType ignored -> TypeId.VARCHAR;
        };
    }
}
