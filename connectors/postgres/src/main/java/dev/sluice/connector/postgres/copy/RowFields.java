package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The fields of rows on their way into a batch, one decoder each. One thread uses it. */
final class RowFields {
    private final Schema schema;
    private final ReadContext context;
    private final BatchBuilder batch;
    private final FieldDecoder[] decoders;

    RowFields(List<CopyColumn> columns, ReadContext context) {
        this.context = context;
        this.schema = new Schema(columns.stream().map(CopyColumn::field).toList());
        this.batch = new BatchBuilder(schema, context.batchSize());
        this.decoders = new FieldDecoder[columns.size()];
        for (int i = 0; i < decoders.length; i++) {
            decoders[i] = columns.get(i).format().decoder(columns.get(i).field().type(), batch.column(i));
        }
    }

    BatchBuilder batch() {
        return batch;
    }

    FieldDecoder[] decoders() {
        return decoders;
    }

    /**
     * Reads a field, however large it is.
     *
     * @param size its bytes; below 0 for a null
     * @param ahead how many rows come before it that are not closed
     */
    void read(WireInput in, int index, int size, int ahead) throws IOException {
        if (size < 0) {
            decoders[index].appendNull();
        } else if (size <= in.capacity()) {
            in.require(size);
            decode(index, in.buffer(), in.position(), size, ahead);
            in.skip(size);
        } else {
            readLarge(in, index, size, ahead);
        }
    }

    /** Decodes a field that stands in an array as a whole. */
    void decode(int index, byte[] bytes, int at, int size, int ahead) {
        if (decoders[index].decode(bytes, at, size) == FieldDecoder.Outcome.OUT_OF_RANGE) {
            noteNulled(ahead, index, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
        }
    }

    private void readLarge(WireInput in, int index, int size, int ahead) throws IOException {
        if (!(decoders[index] instanceof FieldDecoder.BytesDecoder large)) {
            throw new IOException("a field of fixed size has " + size + " bytes");
        }
        if (admits(context, size)) {
            if (large.decodeLarge(in, size) == FieldDecoder.Outcome.OUT_OF_RANGE) {
                noteNulled(ahead, index, ValueChange.Reason.SOURCE_SERIALIZATION_ERROR);
            }
        } else {
            in.skipFully(size);
            refuse(index, ahead);
        }
    }

    /** True if a value of this size may be held in memory (I6). */
    static boolean admits(ReadContext context, int size) {
        return size <= BytesColumn.Builder.MAX_BYTES
                && (size < ReadContext.LARGE_VALUE || context.admitLargeValue(size));
    }

    /** Puts a null in the place of a value that is too large. */
    void refuse(int index, int ahead) {
        decoders[index].appendNull();
        noteNulled(ahead, index, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION);
    }

    void noteNulled(int ahead, int index, ValueChange.Reason reason) {
        batch.noteChange(ahead, schema.field(index).name(), ValueChange.Change.NULLED, reason);
    }

    /** Makes a batch of the closed rows. */
    RecordBatch build(Clock clock) {
        Instant now = clock.instant();
        return batch.build(Math.multiplyExact(now.getEpochSecond(), 1_000_000L) + now.getNano() / 1000);
    }
}
