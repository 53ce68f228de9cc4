package dev.sluice.engine.map;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;

/**
 * Puts bytes made of a value in its place, one value after the other: a digest, an encrypted value, a part of a document.
 * A null stays null, and a value that a log did not resend stays unsent.
 *
 * @param index the place of the field
 * @param before the field
 * @param after what it becomes
 * @param kind what is made
 * @param schema the fields after it
 */
record ReplaceStep(int index, Field before, Field after, Kind kind, Schema schema) implements Step {

    /** What is made of values. */
    sealed interface Kind permits Hashing, Encrypting, Selecting {
        /** What makes it, for one batch and thread. */
        Maker maker();
    }

    /** Makes one value after the other. */
    interface Maker {
        /**
         * Adds one row made of a value.
         *
         * @throws Impossible if nothing can be made of it; no row is added then
         */
        void make(byte[] value, int from, int length, BytesColumn.Builder to) throws Impossible;
    }

    /** Nothing can be made of a value. */
    static final class Impossible extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        Impossible(String code, String reason) {
            super(reason, null, false, false);
            this.code = code;
        }
    }

    static Step of(int index, Field after, Kind kind, Schema before) {
        return new ReplaceStep(index, before.field(index), after, kind, Columns.with(before, index, after));
    }

    @Override
    public void apply(Frame frame) {
        RecordBatch batch = frame.batch();
        Column column = batch.column(index);
        BytesColumn.Builder made = Columns.texts(batch);
        List<ValueChange> changes = Columns.renamed(batch.changes(), before.name(), after.name());
        Maker maker = kind.maker();
        ValueBytes bytes = new ValueBytes(before.type(), column);
        for (int row = 0; row < batch.rows(); row++) {
            if (column.isNull(row)) {
                made.appendNull();
            } else if (column.isUnchanged(row)) {
                made.appendUnchanged();
            } else {
                bytes.at(row);
                try {
                    maker.make(bytes.data(), bytes.from(), bytes.length(), made);
                } catch (Impossible reason) {
                    made.appendNull();
                    frame.fail(row, reason.code, String.valueOf(reason.getMessage()), after.name(), changes);
                }
            }
        }
        frame.become(schema, Columns.with(batch, index, made.build()), changes);
        frame.settle();
    }

    /** The type of what is made by hashing and encrypting. */
    static Field text(String name) {
        return new Field(name, new DataType.TextType());
    }
}
