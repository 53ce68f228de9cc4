package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sluice.duckdb.VectorDecoder.Slice;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.ValueChange;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Reads vectors of texts and blobs into columns.
 *
 * <p>A value is 16 bytes ({@code duckdb_string_t}): the length in four, and then either up to 12 bytes in place, or the
 * first four bytes and a pointer to all of them.
 */
final class BytesDecoder {
    static final int STRING_BYTES = 16;
    static final int INLINE_BYTES = 12;

    private final ResultColumn column;
    private final LargeValues large;
    private final List<ValueChange> changes;

    BytesDecoder(ResultColumn column, LargeValues large, List<ValueChange> changes) {
        this.column = column;
        this.large = large;
        this.changes = changes;
    }

    void decode(Slice slice, ColumnBuilder target) {
        BytesColumn.Builder builder = (BytesColumn.Builder) target;
        MemorySegment values = slice.values(STRING_BYTES);
        for (int row = slice.from(); row < slice.to(); row++) {
            if (!slice.isValid(row)) {
                builder.appendNull();
                continue;
            }
            long at = (long) STRING_BYTES * row;
            int length = values.get(JAVA_INT_UNALIGNED, at);
            if (length >= 0 && length <= INLINE_BYTES) {
                append(builder, values, at + 4, length);
            } else if (isAdmitted(length)) {
                append(builder, Memory.ALL, values.get(JAVA_LONG_UNALIGNED, at + 8), length);
            } else {
                builder.appendNull();
                changes.add(new ValueChange(
                        slice.batchRow() + row - slice.from(),
                        column.field().name(),
                        ValueChange.Change.NULLED,
                        ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION));
            }
        }
    }

    /** A length is unsigned, so that one beyond two gibibytes looks negative. */
    private boolean isAdmitted(int length) {
        return length >= 0
                && (length < LargeValues.LARGE || (length <= BytesColumn.Builder.MAX_BYTES && large.admit(length)));
    }

    private void append(BytesColumn.Builder builder, MemorySegment source, long from, int length) {
        if (column.holdsFloats()) {
            byte[] json = source.asSlice(from, length).toArray(JAVA_BYTE);
            builder.append(NotFinite.quoted(json));
            return;
        }
        int at = builder.reserve(length);
        MemorySegment.copy(source, JAVA_BYTE, from, builder.data(), at, length);
    }
}
