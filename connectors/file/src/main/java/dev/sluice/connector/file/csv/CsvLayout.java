package dev.sluice.connector.file.csv;

import dev.sluice.cdk.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How all CSV files of a stream are laid out.
 *
 * @param dialect how they are written
 * @param header true if the first line of each holds the names of the columns
 */
public record CsvLayout(CsvDialect dialect, boolean header) {
    public CsvLayout {
        Objects.requireNonNull(dialect);
    }

    /** The layout as plain data. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("delimiter", String.valueOf(dialect.delimiter()));
        map.put("quote", dialect.hasQuotes() ? String.valueOf(dialect.quote()) : "");
        map.put("escape", dialect.escape() == CsvDialect.NONE ? "" : String.valueOf(dialect.escape()));
        map.put("newline", String.valueOf(dialect.newline()));
        map.put("header", header);
        return map;
    }

    /**
     * The layout of plain data.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CsvLayout of(Map<?, ?> map) {
        CsvDialect dialect = new CsvDialect(
                character(map, "delimiter"),
                character(map, "quote"),
                character(map, "escape"),
                character(map, "newline"));
        return new CsvLayout(dialect, Boolean.TRUE.equals(map.get("header")));
    }

    private static char character(Map<?, ?> map, String key) {
        if (map.get(key) instanceof String text) {
            return text.isEmpty() ? CsvDialect.NONE : text.charAt(0);
        }
        throw new IllegalArgumentException("there is no " + key + " in " + Json.write(map));
    }
}
