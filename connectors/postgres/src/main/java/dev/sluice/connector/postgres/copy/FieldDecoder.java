package dev.sluice.connector.postgres.copy;

import dev.sluice.cdk.text.Utf8;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import java.io.IOException;
import java.util.Arrays;

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

    private static final int[] NONE = {};

    private final ColumnBuilder column;

    FieldDecoder(ColumnBuilder column) {
        this.column = column;
    }

    final void appendNull() {
        column.appendNull();
    }

    /** Adds a row with the field's bytes, which stand in the array as a whole. */
    abstract Outcome decode(byte[] bytes, int at, int length);

    /**
     * Adds a run of rows whose fields stand in one array.
     *
     * @param starts where each field begins
     * @param lengths how many bytes it has; below 0 for a null
     * @param count the rows
     * @return which rows of the run are null because no column of this type can hold their values
     */
    int[] decodeRun(byte[] bytes, int[] starts, int[] lengths, int count) {
        return decodeEach(bytes, starts, lengths, count);
    }

    final int[] decodeEach(byte[] bytes, int[] starts, int[] lengths, int count) {
        int[] outOfRange = NONE;
        for (int i = 0; i < count; i++) {
            int length = lengths[i];
            if (length < 0) {
                column.appendNull();
            } else if (decode(bytes, starts[i], length) == Outcome.OUT_OF_RANGE) {
                outOfRange = Arrays.copyOf(outOfRange, outOfRange.length + 1);
                outOfRange[outOfRange.length - 1] = i;
            }
        }
        return outOfRange;
    }

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

        @Override
        int[] decodeRun(byte[] bytes, int[] starts, int[] lengths, int count) {
            if (prefix > 0) {
                for (int i = 0; i < count; i++) {
                    starts[i] += prefix;
                    lengths[i] -= prefix; // a null stays below 0
                }
            }
            column.appendAll(bytes, starts, lengths, count);
            return NONE;
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
        int[] decodeRun(byte[] bytes, int[] starts, int[] lengths, int count) {
            return decodeEach(bytes, starts, lengths, count);
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
