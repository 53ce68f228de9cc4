package dev.sluice.connector.file.avro;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.data.ColumnBuilder;
import org.apache.avro.Schema;

/**
 * Reads the values of one schema, keeps the last one, and hands it on: so a record is known to be good as a whole before
 * any part of it goes into a column. One thread uses it.
 */
abstract class AvroValue {
    private boolean missing;
    private boolean unfit;

    /** Reads the next value. */
    abstract void read(AvroBytes in) throws DamagedFileException;

    /** Adds the value to the column of its type. */
    abstract void append(ColumnBuilder column);

    /** Writes the value as JSON. */
    abstract void json(ByteSink out);

    /** How many bytes the value takes, if that may be many. */
    int bytes() {
        return 0;
    }

    /** True if there is no value. */
    boolean isMissing() {
        return missing;
    }

    /** True if what was read is no value of the column's type. */
    boolean isUnfit() {
        return unfit;
    }

    final void missing(boolean now) {
        missing = now;
    }

    final void unfit(boolean now) {
        unfit = now;
    }

    /** A value that lacks, of the only branch of a choice that is there. */
    static final class Nothing extends AvroValue {
        Nothing() {
            missing(true);
        }

        @Override
        void read(AvroBytes in) {
            // It takes no bytes.
        }

        @Override
        void append(ColumnBuilder column) {
            column.appendNull();
        }

        @Override
        void json(ByteSink out) {
            out.put("null");
        }
    }

    /** A choice between null and a value. */
    static final class Optional extends AvroValue {
        private final int branches;
        private final int nullBranch;
        private final AvroValue value;

        Optional(Schema union, AvroValue value) {
            this.branches = union.getTypes().size();
            Integer index = union.getIndexNamed("null");
            this.nullBranch = index == null ? -1 : index;
            this.value = value;
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            boolean none = in.index(branches) == nullBranch;
            if (!none) {
                value.read(in);
            }
            missing(none || value.isMissing());
            unfit(!none && value.isUnfit());
        }

        @Override
        void append(ColumnBuilder column) {
            value.append(column);
        }

        @Override
        void json(ByteSink out) {
            if (isMissing()) {
                out.put("null");
            } else {
                value.json(out);
            }
        }

        @Override
        int bytes() {
            return isMissing() ? 0 : value.bytes();
        }
    }
}
