package dev.sluice.connector.file.input;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kinds of files there are. */
public enum FileFormat {
    CSV("csv"),
    JSON_LINES("jsonl"),
    JSON("json"),
    PARQUET("parquet"),
    AVRO("avro"),
    FIXED_WIDTH("fixed"),
    XML("xml"),
    EXCEL("xlsx");

    private final String label;

    FileFormat(String label) {
        this.label = label;
    }

    /** The name in configurations. */
    public String label() {
        return label;
    }

    /** The names in configurations, of all. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(FileFormat::label).toList();
    }

    /** The format with this name in configurations. */
    public static Optional<FileFormat> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst();
    }

    /** What the end of a file's name says. */
    public static Optional<FileFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Compression compression : Compression.values()) {
            String extension = compression.extension();
            if (!extension.isEmpty() && lower.endsWith(extension)) {
                lower = lower.substring(0, lower.length() - extension.length());
            }
        }
        String extension = lower.substring(lower.lastIndexOf('.') + 1);
        return switch (extension) {
            case "csv", "tsv", "tab", "psv" -> Optional.of(CSV);
            case "jsonl", "ndjson" -> Optional.of(JSON_LINES);
            case "json", "geojson" -> Optional.of(JSON);
            case "parquet", "pq" -> Optional.of(PARQUET);
            case "avro" -> Optional.of(AVRO);
            case "fwf" -> Optional.of(FIXED_WIDTH);
            case "xml" -> Optional.of(XML);
            case "xlsx", "xlsm" -> Optional.of(EXCEL);
            default -> Optional.empty();
        };
    }
}
