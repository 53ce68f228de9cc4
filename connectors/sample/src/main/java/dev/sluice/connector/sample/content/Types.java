package dev.sluice.connector.sample.content;

import dev.sluice.spi.type.DataType;

/** The types of the columns. */
final class Types {
    static final DataType BOOL = new DataType.BoolType();
    static final DataType INT16 = new DataType.IntType(16);
    static final DataType INT32 = new DataType.IntType(32);
    static final DataType INT64 = new DataType.IntType(64);
    static final DataType FLOAT32 = new DataType.FloatType(32);
    static final DataType FLOAT64 = new DataType.FloatType(64);
    static final DataType TEXT = new DataType.TextType();
    static final DataType TEXTS = new DataType.ArrayType(TEXT);
    static final DataType BINARY = new DataType.BinaryType();
    static final DataType UUID = new DataType.UuidType();
    static final DataType JSON = new DataType.JsonType();
    static final DataType DATE = new DataType.DateType();
    static final DataType TIME = new DataType.TimeType(0, false);

    private Types() {}

    static DataType decimal(int precision, int scale) {
        return new DataType.DecimalType(precision, scale);
    }
}
