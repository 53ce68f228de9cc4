package dev.sluice.connector.mysql.wire;

import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.type.DataType;

/** How the text of a value is read. */
public enum Decoding {
    /** Digits. */
    NUMBER,
    /** A number that is not 0 for true. */
    TRUTH,
    /** A whole or decimal number. */
    DECIMAL,
    /** A binary floating point number. */
    FLOAT,
    /** Text in UTF-8, which is checked. */
    TEXT,
    /** Bytes, or text that the server has checked itself. */
    BYTES,
    /** A UUID. */
    UUID,
    /** A date. */
    DATE,
    /** A time of day. */
    TIME,
    /** A date with a time of day. */
    TIMESTAMP;

    /** A decoder for a column of this type. */
    FieldDecoder decoder(DataType type, ColumnBuilder column) {
        return switch (this) {
            case NUMBER -> FieldDecoders.integer((DataType.IntType) type, column);
            case TRUTH -> FieldDecoders.truth(column);
            case DECIMAL -> FieldDecoders.decimal((DataType.DecimalType) type, column);
            case FLOAT -> FieldDecoders.floating((DataType.FloatType) type, column);
            case TEXT -> FieldDecoders.bytes(column, true);
            case BYTES -> FieldDecoders.bytes(column, false);
            case UUID -> FieldDecoders.uuid(column);
            case DATE -> FieldDecoders.date(column);
            case TIME -> FieldDecoders.time((DataType.TimeType) type, column);
            case TIMESTAMP -> FieldDecoders.timestamp((DataType.TimestampType) type, column);
        };
    }
}
