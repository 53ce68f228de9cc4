package dev.sluice.connector.file.excel;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.bytes.RecordLines;
import dev.sluice.connector.file.csv.CsvDialect;
import dev.sluice.connector.file.csv.CsvLayout;
import dev.sluice.connector.file.csv.CsvOptions;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A sheet as lines of cells between commas: texts in quotes, numbers, dates and truth values without. A row stands in the
 * line of its number; rows that are left out or empty are blank lines, and the last line is the last row with a value. All
 * lines have the cells of the first one, or more where a row has them. One thread uses it.
 */
public final class SheetLines extends RecordLines {
    /** How the lines are written. They end in a character that hardly any text holds, so that lines and rows are the same. */
    public static final CsvDialect DIALECT = CsvDialect.RFC_4180.withNewline('\r');

    private final SheetRows rows;
    private final int skippedRows;
    private final boolean header;
    private final ByteSink line = new ByteSink(1024);
    private int cells;
    private int width = -1;
    private int lastRow;

    private SheetLines(SheetRows.Wanted wanted, int skippedRows, boolean header) throws IOException {
        this.skippedRows = skippedRows;
        this.header = header;
        this.rows = new SheetRows(wanted, this::cell);
    }

    /**
     * What is read of a workbook.
     *
     * @param path where it lies
     * @param file the file in words, for messages
     * @param sheet the name or the number of the sheet; empty for the first one that is shown
     * @param options which rows are left out, which texts mean no value, and how large a row may be
     */
    public record Wanted(Path path, String file, String sheet, CsvOptions options) {
        private SheetRows.Wanted rows() {
            return new SheetRows.Wanted(path, file, sheet, options.nullTexts(), options.maxRecordBytes());
        }
    }

    /**
     * Opens a sheet.
     *
     * @param header true if the first row that is read holds the names of the columns
     */
    public static SheetLines open(Wanted wanted, boolean header) throws IOException {
        return new SheetLines(wanted.rows(), wanted.options.skipLines(), header);
    }

    /** How a sheet is laid out: whether its first row has the names, which it does if it has nothing but texts. */
    public static CsvLayout layout(Wanted wanted) throws IOException {
        boolean header = switch (wanted.options.header()) {
            case PRESENT -> true;
            case ABSENT -> false;
            case FIND -> beginsWithTexts(wanted);
        };
        return new CsvLayout(DIALECT, header);
    }

    private static boolean beginsWithTexts(Wanted wanted) throws IOException {
        boolean[] texts = new boolean[1];
        boolean[] others = new boolean[1];
        try (SheetRows rows = new SheetRows(wanted.rows(), (column, bytes, quoted) -> {
            texts[0] |= quoted && bytes.size() > 0;
            others[0] |= !quoted;
        })) {
            int row = rows.next();
            while (row > 0 && (row <= wanted.options.skipLines() || !(texts[0] || others[0]))) {
                texts[0] = false;
                others[0] = false;
                row = rows.next();
            }
        }
        return texts[0] && !others[0];
    }

    private void cell(int column, ByteSink bytes, boolean quoted) {
        while (cells < column) {
            line.put(',');
            cells++;
        }
        if (quoted) {
            line.put('"');
            for (int i = 0; i < bytes.size(); i++) {
                byte each = bytes.bytes()[i];
                line.put(each);
                if (each == '"') {
                    line.put('"');
                }
            }
            line.put('"');
        } else {
            line.put(bytes.bytes(), 0, bytes.size());
        }
    }

    @Override
    protected boolean next(ByteSink out) throws IOException {
        line.clear();
        cells = 0;
        int row = rows.next();
        if (row == 0) {
            return false;
        }
        if (row <= skippedRows || line.size() == 0) {
            return true;
        }
        for (int i = lastRow + 1; i < row; i++) {
            out.put('\r');
        }
        lastRow = row;
        if (width < 0) {
            width = Math.max(cells + 1, header ? 1 : rows.declaredColumns());
        }
        while (cells < width - 1) {
            line.put(',');
            cells++;
        }
        out.put(line.bytes(), 0, line.size());
        out.put('\r');
        return true;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
