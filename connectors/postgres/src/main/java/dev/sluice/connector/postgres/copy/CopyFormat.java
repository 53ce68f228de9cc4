package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;

/** The binary forms that the COPY of this connector speaks, by the name of the type that the server has for them. */
public enum CopyFormat {
    BOOL,
    INT2,
    INT4,
    INT8,
    FLOAT4,
    FLOAT8,
    NUMERIC,
    /** Also varchar, char(n), name, json, and every type that the query casts to text. */
    TEXT,
    /** Text of a database that does not know its own encoding, sent as bytes. */
    UNCHECKED_TEXT,
    BYTEA,
    JSONB,
    UUID,
    DATE,
    TIME,
    TIMETZ,
    TIMESTAMP,
    TIMESTAMPTZ;

    /** The decoder for a column of this form into a column of the type. */
    FieldDecoder decoder(DataType type, ColumnBuilder column) {
        return switch (this) {
            case BOOL -> new FieldDecoders.BoolDecoder((BoolColumn.Builder) column);
            case INT2 -> new FieldDecoders.Int2Decoder((IntColumn.Builder) column);
            case INT4 -> new FieldDecoders.Int4Decoder((IntColumn.Builder) column);
            case INT8 -> new FieldDecoders.Int8Decoder((LongColumn.Builder) column);
            case FLOAT4 -> new FieldDecoders.Float4Decoder((DoubleColumn.Builder) column);
            case FLOAT8 -> new FieldDecoders.Float8Decoder((DoubleColumn.Builder) column);
            case NUMERIC -> numeric((DecimalType) type, column);
            case TEXT, BYTEA -> new FieldDecoder.BytesDecoder((BytesColumn.Builder) column, 0);
            case UNCHECKED_TEXT -> new FieldDecoder.CheckedTextDecoder((BytesColumn.Builder) column);
            case JSONB -> new FieldDecoder.BytesDecoder((BytesColumn.Builder) column, 1);
            case UUID -> new FieldDecoders.UuidDecoder((WideColumn.Builder) column);
            case DATE -> new FieldDecoders.DateDecoder((IntColumn.Builder) column);
            case TIME -> new FieldDecoders.TimeDecoder((LongColumn.Builder) column);
            case TIMETZ -> new FieldDecoders.TimeWithZoneDecoder((WideColumn.Builder) column);
            case TIMESTAMP, TIMESTAMPTZ -> new FieldDecoders.TimestampDecoder((LongColumn.Builder) column);
        };
    }

    private static FieldDecoder numeric(DecimalType type, ColumnBuilder column) {
        return switch (column) {
            case LongColumn.Builder narrow -> new NumericDecoders.LongDecoder(narrow, type.scale());
            case WideColumn.Builder wide -> new NumericDecoders.WideDecoder(wide, type.scale());
            case BytesColumn.Builder text -> new NumericDecoders.TextDecoder(text);
            case BoolColumn.Builder ignored -> throw notDecimal(type);
            case IntColumn.Builder ignored -> throw notDecimal(type);
            case DoubleColumn.Builder ignored -> throw notDecimal(type);
        };
    }

    private static IllegalArgumentException notDecimal(DecimalType type) {
        return new IllegalArgumentException("no column of decimals for " + type.notation());
    }
}
