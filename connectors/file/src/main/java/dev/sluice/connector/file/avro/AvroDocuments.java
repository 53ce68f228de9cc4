package dev.sluice.connector.file.avro;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Values that become documents in JSON: lists, maps, records, and choices between several kinds of values. */
final class AvroDocuments {
    private static final int MOST_DEPTH = 512;

    private AvroDocuments() {}

    /** A value that is written as JSON while it is read. */
    abstract static class Document extends AvroValue {
        private final ByteSink text = new ByteSink(64);
        private boolean allFit;

        @Override
        final void read(AvroBytes in) throws DamagedFileException {
            text.clear();
            allFit = true;
            write(in, text, this, 0);
            unfit(!allFit);
        }

        /** Reads the value and writes it. */
        abstract void write(AvroBytes in, ByteSink out, Document whole, int depth) throws DamagedFileException;

        /** Reads and writes a value inside. */
        static void inside(AvroValue value, AvroBytes in, ByteSink out, Document whole, int depth)
                throws DamagedFileException {
            if (depth == MOST_DEPTH) {
                throw new DamagedFileException("a value is nested more than " + MOST_DEPTH + " times");
            }
            if (value instanceof Document document) {
                document.write(in, out, whole, depth + 1);
                return;
            }
            value.read(in);
            whole.allFit &= !value.isUnfit();
            if (!value.isUnfit()) {
                value.json(out);
            }
        }

        @Override
        final void append(ColumnBuilder column) {
            ((BytesColumn.Builder) column).append(text.bytes(), 0, text.size());
        }

        @Override
        final void json(ByteSink out) {
            out.put(text.bytes(), 0, text.size());
        }

        @Override
        final int bytes() {
            return text.size();
        }
    }

    static final class Choice extends Document {
        private final List<AvroValue> branches;

        Choice(List<AvroValue> branches) {
            this.branches = branches;
        }

        @Override
        void write(AvroBytes in, ByteSink out, Document whole, int depth) throws DamagedFileException {
            AvroValue branch = branches.get(in.index(branches.size()));
            if (depth == 0) {
                missing(branch instanceof Nothing);
            }
            inside(branch, in, out, whole, depth);
        }
    }

    /** Lists and maps come in pieces, each with its number of items; a piece of none is the end. */
    static final class Items extends Document {
        private final AvroValue item;
        private final boolean keyed;
        private final AvroScalars.Text key = new AvroScalars.Text(false);

        Items(AvroValue item, boolean keyed) {
            this.item = item;
            this.keyed = keyed;
        }

        @Override
        void write(AvroBytes in, ByteSink out, Document whole, int depth) throws DamagedFileException {
            out.put(keyed ? '{' : '[');
            boolean first = true;
            for (long count = in.whole(); count != 0; count = in.whole()) {
                if (count < 0) {
                    in.whole(); // the bytes of the piece, for those who skip it
                }
                long items = Math.abs(count);
                for (long i = 0; i < items; i++) {
                    out.put(first ? "" : ",");
                    first = false;
                    if (keyed) {
                        inside(key, in, out, whole, depth);
                        out.put(':');
                    }
                    int before = in.position();
                    inside(item, in, out, whole, depth);
                    if (in.position() == before && items > MOST_EMPTY) {
                        throw new DamagedFileException("a list claims " + items + " items without any bytes");
                    }
                }
            }
            out.put(keyed ? '}' : ']');
        }

        private static final int MOST_EMPTY = 1 << 20;
    }

    /** A group of named values. */
    static final class Group extends Document {
        private final List<byte[]> names = new ArrayList<>();
        private final List<AvroValue> values = new ArrayList<>();

        /** Adds a field. */
        void add(Schema.Field field, AvroValue value) {
            ByteSink name = new ByteSink(32);
            JsonText.appendString(name, AvroTypes.nameOf(field));
            name.put(':');
            names.add(name.toBytes());
            values.add(value);
        }

        @Override
        void write(AvroBytes in, ByteSink out, Document whole, int depth) throws DamagedFileException {
            out.put('{');
            for (int i = 0; i < names.size(); i++) {
                out.put(i == 0 ? "" : ",");
                out.put(names.get(i));
                inside(values.get(i), in, out, whole, depth);
            }
            out.put('}');
        }
    }
}
