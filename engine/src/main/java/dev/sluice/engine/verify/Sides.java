package dev.sluice.engine.verify;

import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import java.util.Set;

/**
 * The two sides of a comparison.
 *
 * @param fields what is compared
 * @param source the rows of the source
 * @param stored the rows of the destination
 * @param pending the keys of rows that came after the last sync, which nobody can expect at the destination
 * @param reading how they are read
 */
record Sides(Fields fields, Scan source, Scan stored, Set<Hash> pending, Reading reading) {
    /** One of the sides. */
    enum Side {
        SOURCE,
        STORED
    }

    /** Looks at a row. Several threads may do so at the same time. */
    interface Look {
        /** Looks at a row of a side. */
        void at(Side side, RowHasher hasher, RecordBatch batch, int row);
    }

    /** True if rows of this key are compared. */
    boolean isCompared(Hash key) {
        return pending.isEmpty() || !pending.contains(key);
    }

    /** Reads all rows of both sides. */
    void read(Look look) {
        reading.all(
                new Reading.Of(source, () -> new Rows(Side.SOURCE, look)),
                new Reading.Of(stored, () -> new Rows(Side.STORED, look)));
    }

    /** Counts the rows of both sides, and sums their hashes. */
    Counted count() {
        Totals ofSource = new Totals();
        Totals ofStored = new Totals();
        reading.all(
                new Reading.Of(source, () -> new Summing(Side.SOURCE, ofSource)),
                new Reading.Of(stored, () -> new Summing(Side.STORED, ofStored)));
        return new Counted(ofSource, ofStored);
    }

    /** The totals of both sides. */
    record Counted(Totals source, Totals stored) {}

    private static boolean isThere(RecordBatch batch, int row) {
        return !batch.hasOperations() || batch.operation(row) != Operation.DELETE;
    }

    /** Gives each row that is there to a look. */
    private final class Rows implements Scan.Sink {
        private final Side side;
        private final RowHasher hasher;
        private final Look look;

        Rows(Side side, Look look) {
            this.side = side;
            this.look = look;
            hasher = new RowHasher(fields, side == Side.STORED);
        }

        @Override
        public void take(RecordBatch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                if (isThere(batch, row)) {
                    look.at(side, hasher, batch, row);
                }
            }
        }
    }

    /** Sums the rows of a split and adds them to those of the side when the split is at its end. */
    private final class Summing implements Scan.Sink {
        private final Totals own = new Totals();
        private final Totals all;
        private final RowHasher hasher;

        Summing(Side side, Totals all) {
            this.all = all;
            hasher = new RowHasher(fields, side == Side.STORED);
        }

        @Override
        public void take(RecordBatch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                if (isThere(batch, row)) {
                    Hash key = hasher.key(batch, row);
                    if (isCompared(key)) {
                        own.add(key, fields.hasKey() ? hasher.row(batch, row) : key);
                    }
                }
            }
        }

        @Override
        public void finish() {
            all.add(own);
        }
    }
}
