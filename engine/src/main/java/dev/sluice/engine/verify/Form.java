package dev.sluice.engine.verify;

import dev.sluice.spi.type.DataType;

/** How values of two types are made comparable: by what they mean and not by how each side holds them. */
enum Form {
    TRUTH,
    /** An exact number, whatever digits it is written with. */
    NUMBER,
    DOUBLE,
    /** A number of which one side keeps 32 bits only. */
    SINGLE,
    BYTES,
    JSON,
    UUID,
    DATE,
    TIME,
    ZONED_TIME,
    /** A point in time or a local one; a date is its midnight. */
    MOMENT,
    /** The canonical text, where nothing better fits both. */
    TEXT;

    /** The form in which values of the source's type and of the column's can be compared. */
    static Form common(DataType source, DataType stored) {
        Form one = of(source);
        Form other = of(stored);
        if (one == other || isText(stored)) {
            return one == DOUBLE && (isSingle(source) || isSingle(stored)) ? SINGLE : one;
        }
        if (one == TRUTH && other == NUMBER) {
            return NUMBER;
        }
        if (isNumber(one) && isNumber(other)) {
            return isSingle(source) || isSingle(stored) ? SINGLE : DOUBLE;
        }
        if (isDay(one) && isDay(other)) {
            return MOMENT;
        }
        return TEXT;
    }

    static boolean isText(DataType type) {
        return type instanceof DataType.TextType || type instanceof DataType.UnknownType;
    }

    private static boolean isNumber(Form form) {
        return form == NUMBER || form == DOUBLE;
    }

    private static boolean isDay(Form form) {
        return form == DATE || form == MOMENT;
    }

    private static boolean isSingle(DataType type) {
        return type instanceof DataType.FloatType(int bits) && bits == 32;
    }

    private static Form of(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> TRUTH;
            case DataType.IntType ignored -> NUMBER;
            case DataType.DecimalType ignored -> NUMBER;
            case DataType.FloatType ignored -> DOUBLE;
            case DataType.TextType ignored -> BYTES;
            case DataType.UnknownType ignored -> BYTES;
            case DataType.BinaryType ignored -> BYTES;
            case DataType.UuidType ignored -> UUID;
            case DataType.DateType ignored -> DATE;
            case DataType.TimeType time -> time.zoned() ? ZONED_TIME : TIME;
            case DataType.TimestampType ignored -> MOMENT;
            case DataType.JsonType ignored -> JSON;
            case DataType.ArrayType ignored -> JSON;
            case DataType.ObjectType ignored -> JSON;
        };
    }
}
