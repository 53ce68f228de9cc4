package dev.sluice.connector.file.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What has to be known of a CSV file in order to read it. Immutable. */
public final class CsvShape {
    private final CsvDialect dialect;
    private final boolean[] selected;
    private final byte[][] nullTexts;
    private final int maxRecordBytes;

    /**
     * Makes a shape.
     *
     * @param dialect how the file is written
     * @param selected for each column whether its cells are wanted
     * @param nullTexts unquoted texts that mean null, besides the empty one
     * @param maxRecordBytes the largest record that is read
     */
    public CsvShape(CsvDialect dialect, boolean[] selected, List<String> nullTexts, int maxRecordBytes) {
        this.dialect = dialect;
        this.selected = selected.clone();
        this.nullTexts = new byte[nullTexts.size()][];
        for (int i = 0; i < this.nullTexts.length; i++) {
            this.nullTexts[i] = nullTexts.get(i).getBytes(StandardCharsets.UTF_8);
        }
        this.maxRecordBytes = maxRecordBytes;
    }

    CsvDialect dialect() {
        return dialect;
    }

    int columns() {
        return selected.length;
    }

    boolean isSelected(int column) {
        return selected[column];
    }

    byte[][] nullTexts() {
        return nullTexts;
    }

    int maxRecordBytes() {
        return maxRecordBytes;
    }
}
