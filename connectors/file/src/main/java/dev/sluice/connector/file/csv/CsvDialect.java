package dev.sluice.connector.file.csv;

/**
 * How a CSV file is written. The characters are ASCII.
 *
 * @param delimiter what stands between fields
 * @param quote what stands around fields that hold special characters, or {@value #NONE}
 * @param escape what takes the special meaning from the next character: the quote itself where quotes are doubled
 * @param newline the last character of a line: a line feed, or a carriage return where there are no line feeds
 */
public record CsvDialect(char delimiter, char quote, char escape, char newline) {
    /** Stands for no character. */
    public static final char NONE = 0;

    /** Commas, doubled double quotes, line feeds. */
    public static final CsvDialect RFC_4180 = new CsvDialect(',', '"', '"', '\n');

    public CsvDialect {
        if (delimiter == quote || delimiter == newline || quote == newline || delimiter == NONE) {
            throw new IllegalArgumentException("a CSV file needs different characters as delimiter, quote and newline");
        }
        if (delimiter > 127 || quote > 127 || escape > 127) {
            throw new IllegalArgumentException("the special characters of a CSV file have to be ASCII");
        }
        if (newline != '\n' && newline != '\r') {
            throw new IllegalArgumentException("a line ends in a line feed or a carriage return");
        }
    }

    /** The same dialect with another delimiter. */
    public CsvDialect withDelimiter(char other) {
        return new CsvDialect(other, quote, escape, newline);
    }

    /** The same dialect with other quotes. */
    public CsvDialect withQuote(char otherQuote, char otherEscape) {
        return new CsvDialect(delimiter, otherQuote, otherEscape, newline);
    }

    /** The same dialect with another end of lines. */
    public CsvDialect withNewline(char other) {
        return new CsvDialect(delimiter, quote, escape, other);
    }

    boolean hasQuotes() {
        return quote != NONE;
    }

    /** True if a character outside or inside of quotes can be escaped by another one than the doubled quote. */
    public boolean hasOwnEscape() {
        return escape != NONE && escape != quote;
    }

    /** The dialect in words. */
    public String words() {
        String between = switch (delimiter) {
            case '\t' -> "tabs";
            case ',' -> "commas";
            case ';' -> "semicolons";
            case '|' -> "bars";
            default -> "'" + delimiter + "'";
        };
        return "fields between " + between + (hasQuotes() ? ", quoted by " + quote : ", without quotes");
    }
}
