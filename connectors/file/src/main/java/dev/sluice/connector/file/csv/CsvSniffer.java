package dev.sluice.connector.file.csv;

import dev.sluice.cdk.cells.ColumnGuess;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds how a CSV file is laid out, from a sample of its beginning.
 *
 * <p>Every combination of delimiter (comma, semicolon, tab, bar) and quoting (double quotes doubled, double quotes after
 * a backslash, single quotes, none) reads the first records, and the one under which most records have the same number
 * of fields, at least two, wins. The ordinary quoting wins unless another one is clearly better. Where commas do as well
 * as another delimiter, the other one wins, since commas stand in text and numbers too.
 *
 * <p>The first line is a header if at least one of its fields is text in a column where all other lines hold something
 * more special, such as numbers. Where all columns are text, it is one if its fields are all different, not empty, and
 * text as well.
 */
public final class CsvSniffer {
    private static final char[] DELIMITERS = {';', '\t', '|', ','};
    private static final int MOST_BYTES = 1 << 20;
    private static final double CLEARLY_BETTER = 0.1;
    private static final double REGULAR_ENOUGH = 0.6;

    private CsvSniffer() {}

    /**
     * Finds the layout.
     *
     * @param sample the beginning of the file's text
     * @param from where its first line begins, behind a byte order mark and skipped lines
     * @param whole true if the sample is the whole file
     * @param options what the user says already
     */
    public static CsvLayout sniff(byte[] sample, int from, boolean whole, CsvOptions options) {
        boolean longSample = sample.length > MOST_BYTES;
        byte[] judged = longSample ? Arrays.copyOf(sample, MOST_BYTES) : sample;
        boolean complete = whole && !longSample;
        CsvDialect dialect = dialect(judged, from, complete, options);
        SampleRows rows = SampleRows.read(judged, from, complete, dialect);
        boolean header = switch (options.header()) {
            case PRESENT -> true;
            case ABSENT -> false;
            case FIND -> looksLikeHeader(rows);
        };
        return new CsvLayout(dialect, header);
    }

    private static CsvDialect dialect(byte[] sample, int from, boolean whole, CsvOptions options) {
        List<CsvDialect> quotings = quotings(options, newline(sample, from));
        CsvDialect best = quotings.getFirst();
        double bestScore = 0;
        for (CsvDialect quoting : quotings) {
            for (char delimiter : delimiters(options)) {
                if (delimiter == quoting.quote()) {
                    continue;
                }
                CsvDialect dialect = quoting.withDelimiter(delimiter);
                SampleRows rows = SampleRows.read(sample, from, whole, dialect);
                double score = rows.usualFields() > 1 ? rows.regularity() : 0;
                boolean sameQuoting = best.quote() == dialect.quote() && best.escape() == dialect.escape();
                if (score > bestScore + (sameQuoting ? 0 : CLEARLY_BETTER)) {
                    best = dialect;
                    bestScore = score;
                }
            }
        }
        // Otherwise the file has one column, whose text may hold any delimiter.
        return bestScore >= REGULAR_ENOUGH ? best : quotings.getFirst();
    }

    /**
     * The last character of the lines of a text.
     *
     * @param from where its first line begins
     */
    public static char newline(byte[] sample, int from) {
        boolean returns = false;
        for (int i = from; i < sample.length; i++) {
            if (sample[i] == '\n') {
                return '\n';
            }
            returns |= sample[i] == '\r';
        }
        return returns ? '\r' : '\n';
    }

    private static char[] delimiters(CsvOptions options) {
        Character given = options.delimiter();
        return given == null ? DELIMITERS : new char[] {given};
    }

    private static List<CsvDialect> quotings(CsvOptions options, char newline) {
        Character given = options.delimiter();
        CsvDialect base = new CsvDialect(given == null ? ',' : given, CsvDialect.NONE, CsvDialect.NONE, newline);
        Character quote = options.quote();
        Character escape = options.escape();
        List<CsvDialect> quotings = new ArrayList<>();
        if (quote != null) {
            quotings.add(base.withQuote(quote, escape == null ? quote : escape));
            if (escape == null && quote != CsvDialect.NONE) {
                quotings.add(base.withQuote(quote, '\\'));
            }
            return quotings;
        }
        if (base.delimiter() != '"') {
            quotings.add(base.withQuote('"', escape == null ? '"' : escape));
            if (escape == null) {
                quotings.add(base.withQuote('"', '\\'));
            }
        }
        if (base.delimiter() != '\'' && escape == null) {
            quotings.add(base.withQuote('\'', '\''));
        }
        if (escape == null) {
            quotings.add(base);
        }
        return quotings;
    }

    private static boolean looksLikeHeader(SampleRows rows) {
        if (rows.rows().isEmpty()) {
            return false;
        }
        List<SampleRows.Cell> first = rows.rows().getFirst();
        boolean allText = true;
        for (int column = 0; column < first.size(); column++) {
            DataType below = guess(rows, 1, column).type();
            if (!isText(below)) {
                allText = false;
                if (isText(typeOf(first.get(column)))
                        && isText(guess(rows, 0, column).type())) {
                    return true;
                }
            }
        }
        return allText && areNames(first);
    }

    private static boolean areNames(List<SampleRows.Cell> cells) {
        Set<String> names = new HashSet<>();
        for (SampleRows.Cell cell : cells) {
            if (cell.text().isBlank() || !names.add(cell.text()) || !isText(typeOf(cell))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(DataType type) {
        return type instanceof DataType.TextType;
    }

    private static ColumnGuess guess(SampleRows rows, int firstRow, int column) {
        ColumnGuess guess = new ColumnGuess();
        for (List<SampleRows.Cell> row :
                rows.rows().subList(firstRow, rows.rows().size())) {
            if (column < row.size()) {
                add(guess, row.get(column));
            }
        }
        return guess;
    }

    private static DataType typeOf(SampleRows.Cell cell) {
        ColumnGuess guess = new ColumnGuess();
        add(guess, cell);
        return guess.type();
    }

    private static void add(ColumnGuess guess, SampleRows.Cell cell) {
        byte[] utf8 = cell.utf8();
        if (utf8.length > 0 || cell.quoted()) {
            guess.add(utf8, 0, utf8.length, cell.quoted());
        }
    }
}
