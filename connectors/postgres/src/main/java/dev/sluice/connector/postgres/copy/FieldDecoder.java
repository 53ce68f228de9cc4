package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import java.io.IOException;

/**
 * Decodes the fields of one column from COPY's binary form into a column builder. A decoder belongs to one reader.
 */
abstract sealed class FieldDecoder
        permits FieldDecoders.BoolDecoder,
                FieldDecoders.Int2Decoder,
                FieldDecoders.Int4Decoder,
                FieldDecoders.Int8Decoder,
                FieldDecoders.Float4Decoder,
                FieldDecoders.Float8Decoder,
                FieldDecoders.DateDecoder,
                FieldDecoders.TimeDecoder,
                FieldDecoders.TimeWithZoneDecoder,
                FieldDecoders.TimestampDecoder,
                FieldDecoders.UuidDecoder,
                FieldDecoder.BytesDecoder,
                NumericDecoders.LongDecoder,
                NumericDecoders.WideDecoder,
                NumericDecoders.TextDecoder {

    /** What became of a field. */
    enum Outcome {
        /** The value is in the column as it was. */
        DECODED,
        /** No column of this type can hold the value, so the row is null. */
        OUT_OF_RANGE
    }

    private final ColumnBuilder column;

    FieldDecoder(ColumnBuilder column) {
        this.column = column;
    }

    final void appendNull() {
        column.appendNull();
    }

    /** Adds a row with the field's bytes, which stand in the array as a whole. */
    abstract Outcome decode(byte[] bytes, int at, int length);

    /** Decodes types that are bytes already: text, bytea, json, and jsonb without its version number. */
    static final class BytesDecoder extends FieldDecoder {
        private final BytesColumn.Builder column;
        private final int prefix;

        /**
         * @param prefix how many bytes at the beginning of each field do not belong to the value: 1 for jsonb
         */
        BytesDecoder(BytesColumn.Builder column, int prefix) {
            super(column);
            this.column = column;
            this.prefix = prefix;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(bytes, at + prefix, length - prefix);
            return Outcome.DECODED;
        }

        /** Adds a row with a field that is larger than the buffer, straight from the socket. */
        void decodeLarge(WireInput in, int length) throws IOException {
            in.skipFully(prefix);
            int at = column.reserve(length - prefix);
            in.readFully(column.data(), at, length - prefix);
        }
    }
}
