package dev.sluice.connector.postgres.copy;

import dev.sluice.cdk.text.Utf8;
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
    static sealed class BytesDecoder extends FieldDecoder permits CheckedTextDecoder {
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
        Outcome decodeLarge(WireInput in, int length) throws IOException {
            in.skipFully(prefix);
            int at = column.reserve(length - prefix);
            in.readFully(column.data(), at, length - prefix);
            return Outcome.DECODED;
        }
    }

    /** Decodes text of a database that does not know its own encoding (SQL_ASCII): what is not UTF-8 becomes null. */
    static final class CheckedTextDecoder extends BytesDecoder {
        CheckedTextDecoder(BytesColumn.Builder column) {
            super(column, 0);
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            if (Utf8.firstInvalid(bytes, at, at + length) >= 0) {
                appendNull();
                return Outcome.OUT_OF_RANGE;
            }
            return super.decode(bytes, at, length);
        }

        @Override
        Outcome decodeLarge(WireInput in, int length) throws IOException {
            byte[] bytes = new byte[length];
            in.readFully(bytes, 0, length);
            return decode(bytes, 0, length);
        }
    }
}
