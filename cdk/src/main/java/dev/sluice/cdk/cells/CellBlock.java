package dev.sluice.cdk.cells;

import dev.sluice.cdk.text.ByteSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cells of some records: where each begins and ends in the bytes that were read.
 *
 * <p>A reader calls {@link #begin}, then for each record adds its cells and closes it. Cells stand record by record. An
 * empty cell is null unless it was quoted. A cell whose bytes in the file are not its text (because of escapes) lies in
 * {@link #side()} instead. One thread uses a block, again and again.
 */
public final class CellBlock {
    /** The cell was quoted, so that an empty one is a text and not null. */
    public static final byte QUOTED = 1;

    /** The cell's text stands in {@link #side()}. */
    public static final byte SIDE = 2;

    /** The bytes of the cell are known to be a text in UTF-8, or a JSON value where its column takes any. */
    static final byte VALID = 4;

    private final int columns;
    private final boolean annotates;
    private final ByteSink side = new ByteSink(1024);
    private byte[] data = {};
    private boolean ascii;
    private int rows;
    private int flawed;

    private int[] from = new int[1024];
    private int[] to = new int[1024];
    private byte[] flags = new byte[1024];

    /** Where each record begins in the data, and where the last one ends. */
    private int[] rowStarts = new int[65];

    /** Where the text of each record ends, without what stands between it and the next one. */
    private int[] rowEnds = new int[64];

    private @Nullable Flaw[] flaws = new @Nullable Flaw[64];
    private int[] flawColumns = new int[64];

    /** The columns of the cells that became null because they hold no value of their type, by record. */
    private final Map<Integer, List<Integer>> nulled = new HashMap<>();

    /** The columns of the cells that lost digits, by record. */
    private final Map<Integer, List<Integer>> rounded = new HashMap<>();

    /**
     * Makes an empty block.
     *
     * @param columns the cells of a record
     */
    public CellBlock(int columns) {
        this(columns, false);
    }

    /**
     * Makes an empty block.
     *
     * @param columns the cells of a record
     * @param annotates true if a cell that holds no value of its type becomes null; false if its record is flawed
     */
    public CellBlock(int columns, boolean annotates) {
        this.columns = columns;
        this.annotates = annotates;
    }

    /**
     * Empties the block.
     *
     * @param bytes where the next cells lie
     * @param start where the first record begins
     * @param onlyAscii true if it is known that no byte of the records is beyond ASCII
     */
    public void begin(byte[] bytes, int start, boolean onlyAscii) {
        data = bytes;
        ascii = onlyAscii;
        Arrays.fill(flaws, 0, rows, null);
        rows = 0;
        flawed = 0;
        nulled.clear();
        rounded.clear();
        side.clear();
        rowStarts[0] = start;
    }

    /** Makes room for so many more records. Their cells are then written by index into the arrays. */
    public void reserve(int more) {
        int cells = Math.multiplyExact(rows + more, Math.max(1, columns));
        if (cells > from.length) {
            int length = Math.max(cells, from.length * 2);
            from = Arrays.copyOf(from, length);
            to = Arrays.copyOf(to, length);
            flags = Arrays.copyOf(flags, length);
        }
        if (rows + more >= rowStarts.length) {
            int length = Math.max(rows + more + 1, rowStarts.length * 2);
            rowStarts = Arrays.copyOf(rowStarts, length);
            rowEnds = Arrays.copyOf(rowEnds, length);
            flaws = Arrays.copyOf(flaws, length);
            flawColumns = Arrays.copyOf(flawColumns, length);
        }
    }

    /** The index of the next record's first cell; {@link #reserve} has to have been called for it. */
    public int nextCell() {
        return rows * columns;
    }

    /** Writes a cell of the record that is being added. */
    public void cell(int index, int begin, int end, byte flag) {
        from[index] = begin;
        to[index] = end;
        flags[index] = flag;
    }

    /**
     * Closes a record whose cells are written.
     *
     * @param end where its text ends
     * @param next where the next record begins
     */
    public void endRow(int end, int next) {
        rowEnds[rows] = end;
        rows++;
        rowStarts[rows] = next;
    }

    /** Moves the end of what was added so far over bytes that belong to no record, such as a blank line. */
    public void moveEnd(int end) {
        rowStarts[rows] = end;
    }

    /** Closes a record that can be no row; all its cells become null. */
    public void endFlawedRow(int end, int next, Flaw flaw) {
        int first = nextCell();
        Arrays.fill(from, first, first + columns, 0);
        Arrays.fill(to, first, first + columns, 0);
        Arrays.fill(flags, first, first + columns, (byte) 0);
        endRow(end, next);
        flaw(rows - 1, -1, flaw);
    }

    /** Marks a record as one that can be no row; the first flaw counts. */
    void flaw(int row, int column, Flaw flaw) {
        if (flaws[row] == null) {
            flaws[row] = flaw;
            flawColumns[row] = column;
            flawed++;
        }
    }

    /** True if a cell that holds no value of its type becomes null. */
    boolean annotates() {
        return annotates;
    }

    /** A cell holds no value of its type: true if it becomes null, else its record is flawed. */
    boolean nulls(int row, int column, Flaw flaw) {
        if (!annotates) {
            flaw(row, column, flaw);
            return false;
        }
        nulled.computeIfAbsent(row, none -> new ArrayList<>(1)).add(column);
        return true;
    }

    /** Takes the value of a cell away because it is none, which the row will say. */
    public void takeAway(int row, int column) {
        int cell = row * columns + column;
        to[cell] = from[cell];
        flags[cell] = 0;
        nulled.computeIfAbsent(row, none -> new ArrayList<>(1)).add(column);
    }

    /** A cell lost digits that its type cannot hold. */
    void round(int row, int column) {
        rounded.computeIfAbsent(row, none -> new ArrayList<>(1)).add(column);
    }

    /** The columns of the cells of a record that lost digits. */
    List<Integer> rounded(int row) {
        return rounded.isEmpty() ? List.of() : rounded.getOrDefault(row, List.of());
    }

    /** The columns of the cells of a record that became null. */
    List<Integer> nulled(int row) {
        return nulled.isEmpty() ? List.of() : nulled.getOrDefault(row, List.of());
    }

    /** The bytes that were read. */
    public byte[] data() {
        return data;
    }

    /** Texts that differ from their bytes in the file. */
    public ByteSink side() {
        return side;
    }

    /** The number of cells of a record. */
    public int columns() {
        return columns;
    }

    /** The number of records. */
    public int rows() {
        return rows;
    }

    /** Where the cells begin, record by record. */
    public int[] from() {
        return from;
    }

    /** Where the cells end, record by record. */
    public int[] to() {
        return to;
    }

    /** What is special about the cells, record by record. */
    public byte[] flags() {
        return flags;
    }

    /** Where a record begins in the data; for the number of records, where the last one ends. */
    public int rowStart(int row) {
        Objects.checkIndex(row, rows + 1);
        return rowStarts[row];
    }

    /** Where the text of a record ends. */
    public int rowEnd(int row) {
        return rowEnds[row];
    }

    boolean isAscii() {
        return ascii;
    }

    /** True if at least one record cannot become a row. */
    public boolean hasFlaws() {
        return flawed > 0;
    }

    /** True if a record cannot become a row. */
    public boolean isFlawed(int row) {
        return flaws[row] != null;
    }

    @Nullable
    Flaw flawOf(int row) {
        return flaws[row];
    }

    int flawColumn(int row) {
        return flawColumns[row];
    }
}
