package dev.sluice.cdk.cells;

import dev.sluice.spi.data.ColumnBuilder;

/** Turns the cells of one column into values. One thread uses it. */
abstract class ColumnLoader {
    private final int column;

    /** Room for what the cells of the current block mean; a subclass keeps the values beside it. */
    private boolean[] nulls = {};

    private final boolean mayRound;

    ColumnLoader(int column) {
        this(column, false);
    }

    /** One whose values may have fewer digits than their cells, so that each is asked. */
    ColumnLoader(int column, boolean mayRound) {
        this.column = column;
        this.mayRound = mayRound;
    }

    /** True if the value that was kept of a cell has fewer digits than the cell. */
    boolean lostDigits(int row) {
        return false;
    }

    /** The place of the cells in each record. */
    final int column() {
        return column;
    }

    /** Reads the cells of all records; a cell that does not fit marks its record as flawed. */
    final void parse(CellBlock block) {
        int rows = block.rows();
        if (nulls.length < rows) {
            nulls = new boolean[rows + (rows >> 1)];
            makeRoom(nulls.length);
        }
        beginBlock();
        boolean emptyIsNull = emptyIsNull();
        int step = block.columns();
        int[] from = block.from();
        int[] to = block.to();
        byte[] flags = block.flags();
        byte[] data = block.data();
        byte[] side = block.side().bytes();
        int cell = column;
        for (int row = 0; row < rows; row++) {
            boolean isNull = from[cell] == to[cell] && (emptyIsNull || (flags[cell] & CellBlock.QUOTED) == 0);
            nulls[row] = isNull;
            boolean isValid = (flags[cell] & CellBlock.VALID) != 0;
            byte[] text = (flags[cell] & CellBlock.SIDE) == 0 ? data : side;
            if (!isNull
                    && !(isValid
                            ? takeValid(text, from[cell], to[cell], row)
                            : take(text, from[cell], to[cell], row))) {
                retry(block, cell, row);
            } else if (mayRound && lostDigits(row)) {
                block.round(row, column);
            }
            cell += step;
        }
    }

    /** Blanks around a number or a date do not change what it means, so they are tried without. */
    private void retry(CellBlock block, int cell, int row) {
        byte[] data = (block.flags()[cell] & CellBlock.SIDE) == 0
                ? block.data()
                : block.side().bytes();
        int from = block.from()[cell];
        int to = block.to()[cell];
        while (from < to && isBlank(data[from])) {
            from++;
        }
        while (to > from && isBlank(data[to - 1])) {
            to--;
        }
        boolean trimmed = to - from < block.to()[cell] - block.from()[cell];
        if (!trimmed || !trims() || from == to || !take(data, from, to, row)) {
            nulls[row] = block.nulls(row, column, flaw());
        }
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }

    /** Hears that the cells of another block come now. */
    void beginBlock() {}

    /** True if blanks around a value mean nothing. */
    boolean trims() {
        return true;
    }

    /** True if an empty text, quoted or not, cannot be a value. */
    boolean emptyIsNull() {
        return trims();
    }

    /** What is wrong with a cell that was not taken. */
    Flaw flaw() {
        return Flaw.VALUE_DOES_NOT_FIT;
    }

    /** Makes room for the values of so many records. */
    abstract void makeRoom(int rows);

    /** Reads the cell of a record and keeps the value; false if it does not fit. */
    abstract boolean take(byte[] data, int from, int to, int row);

    /** Reads the cell of a record as {@link #take} does, whose bytes are known to be what {@link CellBlock#VALID} says. */
    boolean takeValid(byte[] data, int from, int to, int row) {
        return take(data, from, to, row);
    }

    /** Adds the values of some records to the batch, leaving out flawed ones. */
    final void append(CellBlock block, int firstRow, int endRow) {
        boolean all = !block.hasFlaws();
        ColumnBuilder builder = builder();
        for (int row = firstRow; row < endRow; row++) {
            if (all || block.flawOf(row) == null) {
                if (nulls[row]) {
                    builder.appendNull();
                } else {
                    append(block, row);
                }
            }
        }
    }

    /** Adds a row without a value. */
    final void appendNull() {
        builder().appendNull();
    }

    /** True if the cell of a record holds no value. */
    final boolean isNull(int row) {
        return nulls[row];
    }

    abstract ColumnBuilder builder();

    /** Adds the value of a record that has one. */
    abstract void append(CellBlock block, int row);
}
