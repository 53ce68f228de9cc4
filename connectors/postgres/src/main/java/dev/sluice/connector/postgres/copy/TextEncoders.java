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

    /** The bytes of the longest value of a column. */
    static int longest(BytesColumn column) {
        int[] offsets = column.offsets();
        int longest = 0;
        for (int row = 0; row < column.size(); row++) {
            longest = Math.max(longest, offsets[row + 1] - offsets[row]);
        }
        return longest;
    }

    /** What the server thinks of a value. */
    enum Verdict {
        /** It takes it. */
        FINE,
        /** It takes it without some of its characters. */
        TO_BE_CLEANED,
        /** It never takes it. */
        REFUSED
    }

    /** Bytes to write. */
    private static final class Piece {
        final byte[] bytes;
        final int start;
        final int length;

        Piece(byte[] bytes, int start, int length) {
            this.bytes = bytes;
            this.start = start;
            this.length = length;
        }
    }

    /** Writes bytes as they are, for bytea; subclasses know what the server refuses. */
    static sealed class BytesEncoder extends FieldEncoder permits TextEncoder, JsonbEncoder {
        private final String field;
        private final Alterations alterations;
        private final int prefix;

        private byte[] data = {};
        private int[] offsets = {};
        private int longest;
        private int runStart;

        /** True if a value of the batch may be one that the server does not take. */
        private boolean suspicious;

        /** Of a suspicious batch, what is written for each row of the run; null for a null. */
        private final @Nullable Piece[] pieces = new @Nullable Piece[RUN_ROWS];

        BytesEncoder(String field, Alterations alterations) {
            this(field, alterations, 0);
        }

        /**
         * @param prefix how many bytes of 1 stand before the value: the version of jsonb's form
         */
        private BytesEncoder(String field, Alterations alterations, int prefix) {
            this.field = field;
            this.alterations = alterations;
            this.prefix = prefix;
        }

        @Override
        final void load(Column next) {
            BytesColumn bytes = (BytesColumn) next;
            data = bytes.data();
            offsets = bytes.offsets();
            longest = longest(bytes);
            // One pass over the batch is cheaper than a look at each value.
            suspicious = longest >= MAX_FIELD_BYTES || mayBeRefused(data, offsets[bytes.size()], longest);
        }

        /** True if a value among these bytes may be one that the server does not take. */
        boolean mayBeRefused(byte[] bytes, int end, int longestValue) {
            return false;
        }

        Verdict verdict(byte[] bytes, int start, int length) {
            return Verdict.FINE;
        }

        /** A value without the characters that the server refuses. */
        byte[] cleaned(byte[] bytes, int start, int length) {
            return Arrays.copyOfRange(bytes, start, start + length);
        }

        @Override
        final long most() {
            return (long) LENGTH_BYTES + prefix + longest;
        }

        @Override
        final void measure(int from, int count, int[] sizes) {
            runStart = from;
            if (suspicious) {
                for (int i = 0; i < count; i++) {
                    Piece piece = isPresent(from + i) ? piece(from + i) : null;
                    pieces[i] = piece;
                    sizes[i] += piece == null ? LENGTH_BYTES : LENGTH_BYTES + prefix + piece.length;
                }
                return;
            }
            for (int i = 0; i < count; i++) {
                int row = from + i;
                sizes[i] += isPresent(row) ? LENGTH_BYTES + prefix + offsets[row + 1] - offsets[row] : LENGTH_BYTES;
            }
        }

        private @Nullable Piece piece(int row) {
            int start = offsets[row];
            int length = offsets[row + 1] - start;
            return switch (length >= MAX_FIELD_BYTES ? Verdict.REFUSED : verdict(data, start, length)) {
                case FINE -> new Piece(data, start, length);
                case TO_BE_CLEANED -> {
                    alterations.altered(
                            row,
                            field,
                            ValueChange.Change.TRUNCATED,
                            ValueChange.Reason.DESTINATION_SERIALIZATION_ERROR);
                    byte[] clean = cleaned(data, start, length);
                    yield new Piece(clean, 0, clean.length);
                }
                case REFUSED -> {
                    FieldEncoders.reportOutOfRange(row, field, alterations);
                    yield null;
                }
            };
        }

        @Override
        final void write(int first, int count, byte[] buffer, int[] places) {
            for (int i = first; i < first + count; i++) {
                int row = runStart + i;
                if (suspicious) {
                    Piece piece = pieces[i];
                    places[i] = piece == null
                            ? writeNull(buffer, places[i])
                            : put(piece.bytes, piece.start, piece.length, buffer, places[i]);
                } else if (isPresent(row)) {
                    places[i] = put(data, offsets[row], offsets[row + 1] - offsets[row], buffer, places[i]);
                } else {
                    places[i] = writeNull(buffer, places[i]);
                }
            }
        }

        private int put(byte[] bytes, int start, int length, byte[] buffer, int at) {
            int value = putHead(length, buffer, at);
            System.arraycopy(bytes, start, buffer, value, length);
            return value + length;
        }

        private int putHead(int length, byte[] buffer, int at) {
            BigEndian.putInt32(buffer, at, length + prefix);
            if (prefix > 0) {
                buffer[at + LENGTH_BYTES] = 1;
            }
            return at + LENGTH_BYTES + prefix;
        }

        @Override
        final void writeLarge(CopyOutput out) throws IOException {
            int start = offsets[runStart];
            Piece piece = suspicious
                    ? Objects.requireNonNull(pieces[0])
                    : new Piece(data, start, offsets[runStart + 1] - start);
            int at = out.reserve(LENGTH_BYTES + prefix);
            putHead(piece.length, out.buffer(), at);
            out.write(piece.bytes, piece.start, piece.length);
        }
    }

    /** Writes text; PostgreSQL knows no NUL character, so it is left out and reported. */
    static final class TextEncoder extends BytesEncoder {
        TextEncoder(String field, Alterations alterations) {
            super(field, alterations);
        }

        @Override
        boolean mayBeRefused(byte[] bytes, int end, int longestValue) {
            return Words.indexOf(0, bytes, 0, end) >= 0;
        }

        @Override
        Verdict verdict(byte[] bytes, int start, int length) {
            return Words.indexOf(0, bytes, start, start + length) < 0 ? Verdict.FINE : Verdict.TO_BE_CLEANED;
        }

        @Override
        byte[] cleaned(byte[] bytes, int start, int length) {
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

    /** Writes JSON as jsonb, which takes no NUL, no half of a surrogate pair and no extreme nesting. */
    static final class JsonbEncoder extends BytesEncoder {
        JsonbEncoder(String field, Alterations alterations) {
            super(field, alterations, 1);
        }

        @Override
        boolean mayBeRefused(byte[] bytes, int end, int longestValue) {
            return JsonGuard.mayBeDeep(longestValue) || JsonGuard.mayHoldEscapes(bytes, end);
        }

        @Override
        Verdict verdict(byte[] bytes, int start, int length) {
            return JsonGuard.check(bytes, start, length);
        }

        @Override
        byte[] cleaned(byte[] bytes, int start, int length) {
            return JsonGuard.clean(bytes, start, length);
        }
    }

    /** Writes a value of any type as its canonical text; for columns that are text in a table that was there before. */
    static final class AnyAsTextEncoder extends FormedEncoder {
        /** More than the text of any number of fixed size, time or UUID. */
        private static final int MOST_OF_FIXED_SIZE = 64;

        private final DataType type;
        private @Nullable Column column;

        AnyAsTextEncoder(DataType type) {
            this.type = type;
        }

        @Override
        void load(Column next) {
            column = next;
        }

        @Override
        long most() {
            // Numbers without bounds come as text, and may be spelled otherwise.
            return LENGTH_BYTES + MOST_OF_FIXED_SIZE + (column instanceof BytesColumn bytes ? 2L * longest(bytes) : 0);
        }

        @Override
        void form(int row, Forms out) {
            Column from = Objects.requireNonNull(column);
            byte[] text = ValueText.of(type, from, row).orElse("").getBytes(StandardCharsets.UTF_8);
            int at = out.reserve(LENGTH_BYTES);
            BigEndian.putInt32(out.buffer(), at, text.length);
            out.write(text);
        }
    }
}
