package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.connector.file.csv.CsvBlocks;
import dev.sluice.connector.file.csv.CsvHead;
import dev.sluice.connector.file.csv.CsvLayout;
import dev.sluice.connector.file.csv.CsvOptions;
import dev.sluice.connector.file.csv.CsvShape;
import dev.sluice.connector.file.excel.SheetBlocks;
import dev.sluice.connector.file.fixed.FixedBlocks;
import dev.sluice.connector.file.fixed.FixedColumns;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.TextSample;
import java.util.BitSet;
import java.util.List;

/**
 * How the text of files that are rows of cells is cut.
 *
 * @param format the kind of file
 * @param layout how its lines are laid out
 * @param options what the user says
 * @param fixed where columns of a fixed width stand
 */
record RowForm(FileFormat format, CsvLayout layout, CsvOptions options, FixedColumns fixed) {
    static RowForm of(StreamLook.Layout layout, SourceSettings.Reading reading) {
        return new RowForm(
                layout.format(),
                layout.csvLayout(),
                reading.csv(),
                reading.shapes().fixed());
    }

    /** True if values without quotes are no texts, and those in quotes are. */
    boolean isSheet() {
        return format == FileFormat.EXCEL;
    }

    private boolean isFixed() {
        return format == FileFormat.FIXED_WIDTH;
    }

    /**
     * The columns of a file and where its rows begin.
     *
     * @param file the file in words, for messages
     */
    CsvHead head(TextSample sample, String file) {
        if (isSheet()) {
            // The rows that are left out are blank lines of its text.
            CsvHead head = CsvHead.read(sample.bytes(), sample.isWhole(), layout, options.skipping(0), file);
            int first = 0;
            while (first < sample.bytes().length && sample.bytes()[first] == '\r') {
                first++;
            }
            return layout.header() ? head : new CsvHead(head.names(), first, first + 1L);
        }
        if (!isFixed()) {
            return CsvHead.read(sample.bytes(), sample.isWhole(), layout, options, file);
        }
        int skipped = options.skipLines() + (layout.header() ? 1 : 0);
        int offset = CsvHead.firstLine(sample.bytes(), options.skipping(skipped));
        return new CsvHead(fixed.names(), offset, skipped + 1L);
    }

    /**
     * Begins to cut.
     *
     * @param window the text from the beginning of a row on; closed with what comes back
     * @param line the number of its first line
     * @param selected for each column whether its cells are wanted
     * @param numbers the columns that are numbers by the user's word
     * @param file the file in words, for messages
     */
    BlockSource blocks(TextWindow window, long line, boolean[] selected, BitSet numbers, String file) {
        if (isFixed()) {
            return new FixedBlocks(
                    window,
                    line,
                    new FixedBlocks.Shape(
                            fixed, numbers, layout.dialect().newline(), options.nullTexts(), options.maxRecordBytes()));
        }
        List<String> nullTexts = isSheet() ? List.of() : options.nullTexts();
        CsvShape shape = new CsvShape(layout.dialect(), selected, nullTexts, options.maxRecordBytes());
        CsvBlocks blocks = new CsvBlocks(window, line, shape, file);
        return isSheet() ? new SheetBlocks(blocks) : blocks;
    }

    /** What helps where hardly a row fits. */
    String fix() {
        return isFixed()
                ? "check the places in `fixed_columns`, or set `short_lines: pad`"
                : isSheet() ? "set `sheet` or `skip_lines`" : "set `delimiter`, `quote` or `skip_lines`";
    }
}
