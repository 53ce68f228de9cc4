package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.TimeText;
import dev.sluice.connector.file.destination.columns.RowMeta;
import dev.sluice.spi.data.RecordBatch;

/** The cells of the metadata. */
final class MetaCells {
    private MetaCells() {}

    /** {@code _airbyte_raw_id}. */
    static final class RawId extends Cell.Always {
        private final RawIds ids;

        RawId(RawIds ids) {
            this.ids = ids;
        }

        @Override
        void bind(RecordBatch batch) {
            // The ids count on from batch to batch.
        }

        @Override
        void append(int row, LineSink out) {
            ids.next();
            ByteSink buffer = out.buffer();
            ids.writeText(buffer.reserve(RawIds.TEXT_LENGTH), buffer.size());
            buffer.advance(RawIds.TEXT_LENGTH);
        }
    }

    /** {@code _airbyte_extracted_at}, the same for all rows of a batch. */
    static final class ExtractedAt extends Cell.Always {
        private final ByteSink text = new ByteSink(32);

        @Override
        void bind(RecordBatch batch) {
            text.clear();
            TimeText.appendTimestamp(text, batch.extractedAt(), 0, true);
        }

        @Override
        void append(int row, LineSink out) {
            out.buffer().put(text.bytes(), 0, text.size());
        }
    }

    /** {@code _airbyte_meta}, in most rows the same. */
    static final class Meta extends Cell.Always {
        private final RowMeta meta;
        private final Escaping escaping;
        private final byte[] plain;

        /** How the JSON stands in a line. */
        interface Escaping {
            /** Adds a JSON text. */
            void append(byte[] json, ByteSink out);
        }

        Meta(RowMeta meta, Escaping escaping) {
            this.meta = meta;
            this.escaping = escaping;
            ByteSink once = new ByteSink(64);
            escaping.append(meta.plain(), once);
            this.plain = once.toBytes();
        }

        @Override
        void bind(RecordBatch batch) {
            meta.begin(batch);
        }

        @Override
        void append(int row, LineSink out) {
            byte[] special = meta.isPlain() ? null : meta.special(row);
            if (special == null) {
                out.buffer().put(plain);
            } else {
                escaping.append(special, out.buffer());
            }
        }
    }
}
