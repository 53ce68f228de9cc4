package dev.sluice.connector.file.csv;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The beginning of a CSV file: its columns and where its values begin.
 *
 * @param names the columns
 * @param dataOffset where the first record begins, in the file's text
 * @param dataLine the number of the line in which it begins, counted from 1
 */
public record CsvHead(List<String> names, int dataOffset, long dataLine) {
    private static final int MARK_BYTES = 3;

    public CsvHead {
        names = List.copyOf(names);
    }

    /** Where the first line begins that is to be read: behind a byte order mark and the lines that are left out. */
    public static int firstLine(byte[] sample, CsvOptions options) {
        int at = startsWithMark(sample) ? MARK_BYTES : 0;
        for (int skipped = 0; skipped < options.skipLines(); skipped++) {
            while (at < sample.length && sample[at] != '\n') {
                at++;
            }
            at = Math.min(sample.length, at + 1);
        }
        return at;
    }

    private static boolean startsWithMark(byte[] sample) {
        return sample.length >= MARK_BYTES
                && (sample[0] & 0xFF) == 0xEF
                && (sample[1] & 0xFF) == 0xBB
                && (sample[2] & 0xFF) == 0xBF;
    }

    /**
     * Reads the beginning of a file.
     *
     * @param sample the first bytes of its text
     * @param whole true if they are all
     * @param layout how the files of the stream are laid out
     * @param file the file in words, for messages
     * @throws dev.sluice.spi.problem.ProblemException if the header does not fit into the sample
     */
    public static CsvHead read(byte[] sample, boolean whole, CsvLayout layout, CsvOptions options, String file) {
        int from = firstLine(sample, options);
        SampleRows rows = SampleRows.read(sample, from, whole, layout.dialect());
        if (rows.rows().isEmpty()) {
            if (!whole && from < sample.length) {
                throw Problem.of("E_CSV_HEADER", ProblemKind.DATA, "the first record does not end within the sample")
                        .at(file)
                        .because("there is no end of line in the first " + sample.length + " bytes outside of quotes")
                        .fix("give the right `quote`, `escape` or `encoding`, or a larger `sample_bytes`")
                        .exception();
            }
            return new CsvHead(List.of(), sample.length, lineAt(sample, sample.length));
        }
        List<SampleRows.Cell> first = rows.rows().getFirst();
        int offset = layout.header() ? rows.ends().getFirst() : from;
        return new CsvHead(
                layout.header() ? unique(first) : numbered(first.size()), offset, lineAt(sample, offset, layout));
    }

    private static long lineAt(byte[] sample, int offset) {
        return lineAt(sample, offset, new CsvLayout(CsvDialect.RFC_4180, false));
    }

    private static long lineAt(byte[] sample, int offset, CsvLayout layout) {
        long line = 1;
        for (int i = 0; i < offset; i++) {
            line += sample[i] == layout.dialect().newline() ? 1 : 0;
        }
        return line;
    }

    private static List<String> numbered(int columns) {
        List<String> names = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            names.add("column_" + i);
        }
        return names;
    }

    /** The names without blanks around them; empty ones are numbered, and of equal ones the later get a number too. */
    private static List<String> unique(List<SampleRows.Cell> cells) {
        Set<String> given = new HashSet<>();
        cells.forEach(cell -> given.add(cell.text().strip()));
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            String name = cells.get(i).text().strip();
            String base = name.isEmpty() ? "column_" + (i + 1) : name;
            String candidate = base;
            int number = 1;
            while (taken.contains(candidate) || (number > 1 && given.contains(candidate))) {
                candidate = base + "_" + number++;
            }
            taken.add(candidate);
            names.add(candidate);
        }
        return names;
    }
}
