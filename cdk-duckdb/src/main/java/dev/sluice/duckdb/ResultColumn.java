package dev.sluice.duckdb;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/**
 * A column of a query's result: what its values are to us, and how they come.
 *
 * @param field the name, made unique in the result, and the type
 * @param vector the type of the vectors that hold it, after the conversion
 * @param conversion what the query has to do before
 * @param holdsFloats true if the value is JSON made of a type with floats in it, so that NaN may stand in the text
 */
record ResultColumn(Field field, TypeId vector, Conversion conversion, boolean holdsFloats) {

    /** What the query does with a column that has no place in ours. */
    enum Conversion {
        /** Nothing. */
        NONE,
        /** It casts the values to text. */
        TEXT,
        /** It writes the values as JSON. */
        JSON
    }

    /** What a logical type is to us; the two last parts are as above. */
    private record Mapping(DataType type, TypeId vector, Conversion conversion, boolean holdsFloats) {
        static Mapping same(DataType type, TypeId vector) {
            return new Mapping(type, vector, Conversion.NONE, false);
        }

        static Mapping text(DataType type) {
            return new Mapping(type, TypeId.VARCHAR, Conversion.TEXT, false);
        }

        static Mapping json(DataType type, boolean holdsFloats) {
            return new Mapping(type, TypeId.VARCHAR, Conversion.JSON, holdsFloats);
        }
    }

    /** The columns of the result that a prepared statement will have, as far as they are known without parameters. */
    static List<ResultColumn> ofStatement(long statement) {
        return of(
                Native.PREPARED_STATEMENT_COLUMN_COUNT.call(statement),
                i -> Memory.takeText(Native.PREPARED_STATEMENT_COLUMN_NAME.call(statement, i)),
                i -> Native.PREPARED_STATEMENT_COLUMN_LOGICAL_TYPE.call(statement, i));
    }

    /** The columns of a result. */
    static List<ResultColumn> ofResult(MemorySegment result) {
        long address = result.address();
        return of(
                Native.COLUMN_COUNT.call(address),
                i -> Memory.text(Native.COLUMN_NAME.call(address, i)),
                i -> Native.COLUMN_LOGICAL_TYPE.call(address, i));
    }

    private static List<ResultColumn> of(
            long count, LongFunction<Optional<String>> names, LongUnaryOperator logicalTypes) {
        List<ResultColumn> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (long i = 0; i < count; i++) {
            Mapping mapping = take(logicalTypes.applyAsLong(i));
            Field field = new Field(unique(names.apply(i).orElse(""), taken), mapping.type);
            columns.add(new ResultColumn(field, mapping.vector, mapping.conversion, mapping.holdsFloats));
        }
        return columns;
    }

    /** True if the column can be told only once the parameters are set. */
    boolean isUnknown() {
        return field.type().equals(new DataType.UnknownType(TypeId.INVALID.name()));
    }

    /** The expression that gives the column in the form in which it is read. */
    String expression(String column) {
        return switch (conversion) {
            case NONE -> column;
            case TEXT -> "CAST(" + column + " AS VARCHAR)";
            // to_json makes the JSON null out of NULL, which is a value and not the lack of one.
            case JSON -> "CASE WHEN " + column + " IS NOT NULL THEN CAST(to_json(" + column + ") AS VARCHAR) END";
        };
    }

    private static String unique(String name, Set<String> taken) {
        String base = name.isEmpty() ? "column" : name;
        String candidate = base;
        for (int i = 1; !taken.add(candidate); i++) {
            candidate = base + "_" + i;
        }
        return candidate;
    }

    /** The mapping of a logical type, which is destroyed. */
    private static Mapping take(long logicalType) {
        try {
            return mapping(logicalType);
        } finally {
            Memory.destroy(Native.DESTROY_LOGICAL_TYPE, logicalType);
        }
    }

    private static Mapping mapping(long type) {
        TypeId id = TypeId.of(Native.GET_TYPE_ID.call(type));
        return switch (id) {
            case BOOLEAN -> Mapping.same(new DataType.BoolType(), id);
            case TINYINT -> Mapping.same(new DataType.IntType(8), id);
            case SMALLINT, UTINYINT -> Mapping.same(new DataType.IntType(16), id);
            case INTEGER, USMALLINT -> Mapping.same(new DataType.IntType(32), id);
            case BIGINT, UINTEGER -> Mapping.same(new DataType.IntType(64), id);
            case UBIGINT -> Mapping.same(new DataType.DecimalType(20, 0), id);
            // 128 bits need up to 39 digits, which our columns hold as text.
            case HUGEINT, UHUGEINT -> Mapping.text(new DataType.DecimalType(39, 0));
            case BIGNUM -> Mapping.text(DataType.DecimalType.unconstrained());
            case DECIMAL ->
                Mapping.same(
                        new DataType.DecimalType(Native.DECIMAL_WIDTH.call(type), Native.DECIMAL_SCALE.call(type)), id);
            case FLOAT -> Mapping.same(new DataType.FloatType(32), id);
            case DOUBLE -> Mapping.same(new DataType.FloatType(64), id);
            case DATE -> Mapping.same(new DataType.DateType(), id);
            case TIME -> Mapping.same(new DataType.TimeType(6, false), id);
            case TIME_NS -> Mapping.same(new DataType.TimeType(9, false), id);
            case TIME_TZ -> Mapping.same(new DataType.TimeType(6, true), id);
            case TIMESTAMP_S -> Mapping.same(new DataType.TimestampType(0, false), id);
            case TIMESTAMP_MS -> Mapping.same(new DataType.TimestampType(3, false), id);
            case TIMESTAMP -> Mapping.same(new DataType.TimestampType(6, false), id);
            case TIMESTAMP_NS -> Mapping.same(new DataType.TimestampType(9, false), id);
            case TIMESTAMP_TZ -> Mapping.same(new DataType.TimestampType(6, true), id);
            case TIMESTAMP_TZ_NS -> Mapping.same(new DataType.TimestampType(9, true), id);
            case VARCHAR -> Mapping.same(isJson(type) ? new DataType.JsonType() : new DataType.TextType(), id);
            case BLOB -> Mapping.same(new DataType.BinaryType(), id);
            case UUID -> Mapping.same(new DataType.UuidType(), id);
            case ENUM, SQLNULL -> Mapping.text(new DataType.TextType());
            case INTERVAL, BIT, GEOMETRY, OTHER, INVALID -> Mapping.text(new DataType.UnknownType(id.name()));
            case LIST -> list(take(Native.LIST_TYPE_CHILD_TYPE.call(type)));
            case ARRAY -> list(take(Native.ARRAY_TYPE_CHILD_TYPE.call(type)));
            case STRUCT -> struct(type);
            case MAP -> Mapping.json(new DataType.ObjectType(List.of()), true);
            case UNION, VARIANT -> Mapping.json(new DataType.JsonType(), true);
        };
    }

    private static boolean isJson(long type) {
        return Memory.takeText(Native.LOGICAL_TYPE_GET_ALIAS.call(type))
                .filter("JSON"::equals)
                .isPresent();
    }

    private static Mapping list(Mapping element) {
        return Mapping.json(new DataType.ArrayType(element.type), mayBeNotFinite(element));
    }

    private static Mapping struct(long type) {
        List<Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        boolean floats = false;
        long count = Native.STRUCT_TYPE_CHILD_COUNT.call(type);
        for (long i = 0; i < count; i++) {
            String name =
                    Memory.takeText(Native.STRUCT_TYPE_CHILD_NAME.call(type, i)).orElse("");
            Mapping mapping = take(Native.STRUCT_TYPE_CHILD_TYPE.call(type, i));
            fields.add(new Field(unique(name, taken), mapping.type));
            floats |= mayBeNotFinite(mapping);
        }
        return Mapping.json(new DataType.ObjectType(fields), floats);
    }

    private static boolean mayBeNotFinite(Mapping part) {
        return part.holdsFloats || part.type instanceof DataType.FloatType;
    }
}
