package dev.sluice.connector.postgres.copy;

import dev.sluice.cdk.text.Words;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The encoders of types that are bytes: text, bytea, JSON, and any other type as text. */
final class TextEncoders {
    /** PostgreSQL keeps no field of a gibibyte or more. */
    private static final int MAX_FIELD_BYTES = (1 << 30) - 1024;

    private TextEncoders() {}

    /** Writes bytes as they are, for bytea. */
    static final class BytesEncoder extends FieldEncoder {
        private final String field;
        private final Alterations alterations;
        private byte[] data = {};
        private int[] offsets = {};

        BytesEncoder(String field, Alterations alterations) {
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void column(Column column) {
            data = ((BytesColumn) column).data();
            offsets = ((BytesColumn) column).offsets();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int start = offsets[row];
            writeField(data, start, offsets[row + 1] - start, out, field, alterations);
        }
    }

    /** Writes text; PostgreSQL knows no NUL character, so it is left out and reported. */
    static final class TextEncoder extends FieldEncoder {
        private final String field;
        private final Alterations alterations;
        private byte[] data = {};
        private int[] offsets = {};
        private boolean hasNul;

        TextEncoder(String field, Alterations alterations) {
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void column(Column column) {
            BytesColumn bytes = (BytesColumn) column;
            data = bytes.data();
            offsets = bytes.offsets();
            // One pass over the batch is cheaper than a look at each value.
            hasNul = Words.indexOf(0, data, 0, offsets[bytes.size()]) >= 0;
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int start = offsets[row];
            int length = offsets[row + 1] - start;
            if (hasNul && Words.indexOf(0, data, start, start + length) >= 0) {
                byte[] cleaned = withoutNul(data, start, length);
                alterations.altered(
                        field, ValueChange.Change.TRUNCATED, ValueChange.Reason.DESTINATION_SERIALIZATION_ERROR);
                writeField(cleaned, 0, cleaned.length, out, field, alterations);
            } else {
                writeField(data, start, length, out, field, alterations);
            }
        }
    }

    /** Writes JSON as jsonb, which takes no NUL, no half of a surrogate pair and no extreme nesting. */
    static final class JsonbEncoder extends FieldEncoder {
        private static final byte VERSION = 1;

        private final String field;
        private final Alterations alterations;
        private byte[] data = {};
        private int[] offsets = {};
        private boolean suspicious;

        JsonbEncoder(String field, Alterations alterations) {
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void column(Column column) {
            BytesColumn bytes = (BytesColumn) column;
            data = bytes.data();
            offsets = bytes.offsets();
            suspicious = JsonGuard.mayHoldEscapes(data, offsets[bytes.size()]);
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int start = offsets[row];
            int length = offsets[row + 1] - start;
            if (suspicious || JsonGuard.mayBeDeep(length)) {
                encodeGuarded(start, length, out);
            } else {
                writeJsonb(data, start, length, out);
            }
        }

        private void encodeGuarded(int start, int length, CopyOutput out) throws IOException {
            switch (JsonGuard.check(data, start, length)) {
                case FINE -> writeJsonb(data, start, length, out);
                case TOO_DEEP -> FieldEncoders.writeOutOfRange(out, field, alterations);
                case BAD_ESCAPES -> {
                    byte[] cleaned = JsonGuard.clean(data, start, length);
                    alterations.altered(
                            field, ValueChange.Change.TRUNCATED, ValueChange.Reason.DESTINATION_SERIALIZATION_ERROR);
                    writeJsonb(cleaned, 0, cleaned.length, out);
                }
            }
        }

        private void writeJsonb(byte[] bytes, int start, int length, CopyOutput out) throws IOException {
            if (length >= MAX_FIELD_BYTES) {
                FieldEncoders.writeOutOfRange(out, field, alterations);
                return;
            }
            int at = out.reserve(5);
            BigEndian.putInt32(out.buffer(), at, length + 1);
            out.buffer()[at + 4] = VERSION;
            out.write(bytes, start, length);
        }
    }

    /** Writes a value of any type as its canonical text; for columns that are text in a table that was there before. */
    static final class AnyAsTextEncoder extends FieldEncoder {
        private final DataType type;
        private @Nullable Column column;

        AnyAsTextEncoder(DataType type) {
            this.type = type;
        }

        @Override
        void column(Column next) {
            column = next;
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            Column from = Objects.requireNonNull(column);
            byte[] text = ValueText.of(type, from, row).orElse("").getBytes(StandardCharsets.UTF_8);
            int at = out.reserve(4);
            BigEndian.putInt32(out.buffer(), at, text.length);
            out.write(text, 0, text.length);
        }
    }

    private static void writeField(
            byte[] bytes, int start, int length, CopyOutput out, String field, Alterations alterations)
            throws IOException {
        if (length >= MAX_FIELD_BYTES) {
            FieldEncoders.writeOutOfRange(out, field, alterations);
            return;
        }
        if (length <= CopyOutput.MAX_RESERVE - 4) {
            int at = out.reserve(4 + length);
            BigEndian.putInt32(out.buffer(), at, length);
            System.arraycopy(bytes, start, out.buffer(), at + 4, length);
            return;
        }
        BigEndian.putInt32(out.buffer(), out.reserve(4), length);
        out.write(bytes, start, length);
    }

    private static byte[] withoutNul(byte[] bytes, int start, int length) {
        byte[] cleaned = new byte[length];
        int kept = 0;
        for (int i = start; i < start + length; i++) {
            if (bytes[i] != 0) {
                cleaned[kept++] = bytes[i];
            }
        }
        return Arrays.copyOf(cleaned, kept);
    }
}
