package dev.sluice.connector.file.csv;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the user says about CSV files; what is left open is found in a sample.
 *
 * @param delimiter what stands between fields; null to find it
 * @param quote what stands around fields, {@link CsvDialect#NONE} for nothing; null to find it
 * @param escape what takes the special meaning from the next character; null to find it
 * @param header whether the first line holds the names of the columns
 * @param nullTexts unquoted texts that mean null, besides the empty one
 * @param skipLines how many lines to leave out at the beginning of each file
 * @param maxRecordBytes the largest record that is read
 */
public record CsvOptions(
        @Nullable Character delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        Header header,
        List<String> nullTexts,
        int skipLines,
        int maxRecordBytes) {
    /** Everything is found in the sample. */
    public static final CsvOptions DEFAULT = new CsvOptions(null, null, null, Header.FIND, List.of(), 0, 64 << 20);

    public CsvOptions {
        Objects.requireNonNull(header);
        nullTexts = List.copyOf(nullTexts);
    }

    /** The same with another number of lines to leave out. */
    public CsvOptions skipping(int lines) {
        return new CsvOptions(delimiter, quote, escape, header, nullTexts, lines, maxRecordBytes);
    }

    /** Whether the first line holds the names of the columns. */
    public enum Header {
        /** Found in the sample. */
        FIND,
        /** It does. */
        PRESENT,
        /** It holds values like all others. */
        ABSENT
    }
}
