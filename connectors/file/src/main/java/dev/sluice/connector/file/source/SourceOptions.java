package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.TypeNotation;
import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.file.csv.CsvDialect;
import dev.sluice.connector.file.csv.CsvOptions;
import dev.sluice.connector.file.fixed.FixedColumns;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.TextEncoding;
import dev.sluice.connector.file.input.WebFiles;
import dev.sluice.connector.file.places.StoreOptions;
import dev.sluice.connector.file.xml.XmlPath;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.type.DataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of the source. */
public final class SourceOptions {
    private static final String AUTO = "auto";
    private static final long MEBIBYTE = 1L << 20;

    private static final Option<String> PATH = Option.path("path", "Path")
            .describedAs("A file, a pattern such as data/*.csv or s3://bucket/data/**/*.jsonl, a web address, or - for"
                    + " standard input. It is one stream, named after the file.")
            .examples("data/orders.csv", "data/orders-*.csv.gz", "https://example.com/airports.csv", "-");
    private static final Option<Map<String, String>> STREAMS = Option.namedPaths("streams", "Streams")
            .describedAs("Several streams: for each its name and its path or pattern.")
            .examples(Map.of("airports", "data/airports.csv", "weather", "data/weather-*.csv"));
    private static final Option<String> FORMAT = Option.oneOf("format", "Format", withAuto(FileFormat.labels()))
            .describedAs("By default the name of the file tells, and else its content.")
            .defaultsTo(AUTO);
    private static final Option<String> COMPRESSION = Option.oneOf(
                    "compression", "Compression", List.of(AUTO, "none", "gzip", "zstd"))
            .describedAs("By default the first bytes of each file tell.")
            .defaultsTo(AUTO);
    private static final Option<String> ENCODING = Option.text("encoding", "Character encoding")
            .describedAs("UTF-8 by default, UTF-16 where a byte order mark says so. One of "
                    + String.join(", ", TextEncoding.labels()))
            .defaultsTo(AUTO);
    private static final Option<Map<String, String>> TYPES = Option.namedTexts("types", "Types of columns")
            .describedAs("Types that are not to be found by looking, by column, or by stream.column: "
                    + String.join(", ", TypeNotation.EXAMPLES)
                    + ". Keys of JSON records that are rare become columns if they are named so, with the stream.")
            .examples(Map.of("zip", "string", "price", "decimal(12,2)"));
    private static final Option<String> DELIMITER = Option.text("delimiter", "CSV: delimiter")
            .describedAs("One character, or tab. Found in a sample by default.")
            .examples(",", ";", "tab");
    private static final Option<String> QUOTE = Option.text("quote", "CSV: quote")
            .describedAs("One character, or none. Found in a sample by default.")
            .examples("\"", "'", "none");
    private static final Option<String> ESCAPE = Option.text("escape", "CSV: escape")
            .describedAs(
                    "The character that takes the special meaning from the next one. By default quotes are doubled.")
            .examples("\\");
    private static final Option<String> HEADER = Option.oneOf(
                    "header", "CSV, Excel: header", List.of(AUTO, "true", "false"))
            .describedAs("Whether the first line holds the names of the columns. Found in a sample by default.")
            .defaultsTo(AUTO);
    private static final Option<List<String>> NULL_VALUES = Option.texts("null_values", "CSV, Excel: null values")
            .describedAs(
                    "Texts that mean null where they stand without quotes. An empty field always does; an empty one in "
                            + "quotes is an empty text.")
            .examples(List.of("NULL", "\\N"));
    private static final Option<Long> SKIP_LINES = Option.whole("skip_lines", "CSV, Excel: lines to skip", 0, 1_000_000)
            .describedAs("How many lines to leave out at the beginning of each file, before the header.")
            .defaultsTo(0L);
    private static final Option<String> RECORDS_PATH = Option.text("records_path", "JSON: path to the records")
            .describedAs("The keys, with dots between them, that lead to the array of records.")
            .examples("data.items");
    private static final Option<String> UNKNOWN_KEYS = Option.oneOf(
                    "unknown_keys", "JSON: unknown keys", List.of("keep", "reject"))
            .describedAs("What happens to keys that were not in the sample: they are kept in the column _sluice_extra, "
                    + "which a stream has if its sample was only a part of it, or their record is rejected.")
            .defaultsTo("keep");
    private static final Option<Map<String, String>> FIXED_COLUMNS = Option.namedTexts(
                    "fixed_columns", "Fixed width: columns")
            .describedAs("The columns of text in which each has its place in the line, in order: for each its width in"
                    + " characters, or its first and last character such as 9-28, or its first one and its"
                    + " width such as 9+20. The first character of a line is 1. The types are found in a"
                    + " sample. Name the stream in front, as in orders.id, for columns of one stream.")
            .examples(Map.of("id", "8", "name", "9-28"));
    private static final Option<String> TRIM = Option.oneOf(
                    "trim", "Fixed width: blanks", List.of("both", "left", "right", "none"))
            .describedAs("Which blanks around a value are left out. A value of nothing but blanks is null in any case.")
            .defaultsTo("both");
    private static final Option<String> SHORT_LINES = Option.oneOf(
                    "short_lines", "Fixed width: short lines", List.of("reject", "pad"))
            .describedAs(
                    "What happens to lines that end before the last column begins: they are rejected, or what they "
                            + "lack is taken for blanks.")
            .defaultsTo("reject");
    private static final Option<String> RECORD_ELEMENT = Option.text("record_element", "XML: record element")
            .describedAs(
                    "Which elements are the records: a name, for elements anywhere, or the names from the outermost"
                        + " element on with slashes between them. By default the child of the outermost element that"
                        + " is there more than once.")
            .examples("item", "/feed/entry");
    private static final Option<String> SHEET = Option.text("sheet", "Excel: sheet")
            .describedAs("The name of the sheet, or its number counted from 1. By default the first one that is shown.")
            .examples("Orders", "2");
    private static final Option<Map<String, String>> SHEETS = Option.namedTexts("sheets", "Excel: sheets of streams")
            .describedAs("For streams, which may all read one workbook, the name or the number of the sheet.")
            .examples(Map.of("orders", "Orders", "customers", "2"));
    private static final Option<String> FILE_COLUMNS = Option.oneOf(
                    "file_columns", "File columns", List.of(AUTO, "true", "false"))
            .describedAs("Adds the columns _ab_source_file_url and _ab_source_file_last_modified, and with them "
                    + "incremental reading of new and changed files. By default patterns have them, single files not.")
            .defaultsTo(AUTO);
    private static final Option<Long> SAMPLE_BYTES = Option.whole("sample_bytes", "Sample size", 1024, 1024 * MEBIBYTE)
            .describedAs(
                    "How many bytes of a stream are looked at to find its columns and types. Smaller ones are looked "
                            + "at as a whole; of larger ones the beginning and further places.")
            .defaultsTo(8 * MEBIBYTE);
    private static final Option<Long> MAX_RECORD_BYTES = Option.whole(
                    "max_record_bytes", "Largest record", 1024, 1024 * MEBIBYTE)
            .describedAs("Larger records are rejected.")
            .defaultsTo(64 * MEBIBYTE);
    private static final Option<Long> MAX_FILES = Option.whole("max_files", "Most files", 1, 10_000_000)
            .describedAs("The most files that a pattern may match.")
            .defaultsTo(100_000L);
    private static final Option<String> AUTHORIZATION = Option.secret("http_authorization", "Web: authorization")
            .describedAs("The value of the header Authorization, such as Bearer and a token. Sent to the host of the "
                    + "address only.");
    private static final Option<Long> TIMEOUT = Option.whole("http_timeout_seconds", "Web: time-out", 1, 3600)
            .describedAs("How long a web server may be silent.")
            .defaultsTo(60L);
    private static final Option<Long> MAX_FILE_BYTES = Option.whole(
                    "max_file_bytes", "Web: largest file", 1, Long.MAX_VALUE)
            .describedAs("Downloads of larger files are refused.")
            .defaultsTo(1L << 40);

    /** All options. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
            "Files",
            StoreOptions.behind(
                    PATH,
                    STREAMS,
                    FORMAT,
                    COMPRESSION,
                    ENCODING,
                    TYPES,
                    DELIMITER,
                    QUOTE,
                    ESCAPE,
                    HEADER,
                    NULL_VALUES,
                    SKIP_LINES,
                    RECORDS_PATH,
                    UNKNOWN_KEYS,
                    FIXED_COLUMNS,
                    TRIM,
                    SHORT_LINES,
                    RECORD_ELEMENT,
                    SHEET,
                    SHEETS,
                    FILE_COLUMNS,
                    SAMPLE_BYTES,
                    MAX_RECORD_BYTES,
                    MAX_FILES,
                    AUTHORIZATION,
                    TIMEOUT,
                    MAX_FILE_BYTES));

    private SourceOptions() {}

    private static List<String> withAuto(List<String> values) {
        List<String> all = new ArrayList<>();
        all.add(AUTO);
        all.addAll(values);
        return all;
    }

    /**
     * Reads a configuration.
     *
     * @throws ProblemException of kind {@code CONFIG} if it does not fit
     */
    static SourceSettings read(Config config) {
        Settings settings = SPEC.read(config);
        return new SourceSettings(
                streams(settings),
                reading(settings),
                types(settings),
                switched(settings.get(FILE_COLUMNS)),
                new SourceSettings.Limits(
                        (int) Math.min(Integer.MAX_VALUE - 1024, settings.get(SAMPLE_BYTES)),
                        settings.get(MAX_FILES).intValue(),
                        new WebFiles.Settings(
                                settings.find(AUTHORIZATION).orElse(null),
                                Duration.ofSeconds(settings.get(TIMEOUT)),
                                settings.get(MAX_FILE_BYTES),
                                Duration.ofSeconds(1)),
                        StoreOptions.read(settings)));
    }

    private static Map<String, String> streams(Settings settings) {
        Map<String, String> streams = new LinkedHashMap<>();
        settings.find(PATH).ifPresent(path -> streams.put(StreamNames.ofPath(path), path));
        settings.find(STREAMS)
                .ifPresent(named -> named.forEach((name, path) -> {
                    if (name.isBlank() || path.isBlank()) {
                        throw wrong("streams", "a stream needs a name and a path");
                    }
                    if (streams.put(name, path) != null) {
                        throw wrong("streams", "two streams are named " + name);
                    }
                }));
        if (streams.isEmpty()) {
            throw wrong("path", "there is nothing to read: give a path or streams");
        }
        return streams;
    }

    private static SourceSettings.Reading reading(Settings settings) {
        CsvOptions csv = new CsvOptions(
                settings.find(DELIMITER)
                        .map(text -> character("delimiter", text))
                        .orElse(null),
                settings.find(QUOTE).map(text -> character("quote", text)).orElse(null),
                settings.find(ESCAPE).map(text -> character("escape", text)).orElse(null),
                header(settings.get(HEADER)),
                settings.find(NULL_VALUES).orElse(List.of()),
                settings.get(SKIP_LINES).intValue(),
                settings.get(MAX_RECORD_BYTES).intValue());
        List<String> recordsPath = settings.find(RECORDS_PATH)
                .map(path -> List.of(path.split("\\.", -1)))
                .orElse(List.of());
        return new SourceSettings.Reading(
                FileFormat.ofLabel(settings.get(FORMAT)).orElse(null),
                compression(settings.get(COMPRESSION)),
                encoding(settings.get(ENCODING)),
                csv,
                recordsPath,
                settings.get(UNKNOWN_KEYS).equals("keep"),
                shapes(settings));
    }

    private static SourceSettings.Shapes shapes(Settings settings) {
        Map<String, FixedColumns> fixed = fixedColumns(settings);
        if (fixed.isEmpty() && settings.get(FORMAT).equals(FileFormat.FIXED_WIDTH.label())) {
            throw wrong("fixed_columns", "text of fixed width does not tell where its columns stand: name them");
        }
        FixedColumns ofAll = fixed.remove("");
        return new SourceSettings.Shapes(
                ofAll == null ? FixedColumns.NONE : ofAll,
                fixed,
                settings.find(RECORD_ELEMENT).map(SourceOptions::path).orElse(null),
                settings.find(SHEET).orElse(""),
                settings.find(SHEETS).orElse(Map.of()));
    }

    /** The columns of streams by the names of the streams; by the empty name those of all others. */
    private static Map<String, FixedColumns> fixedColumns(Settings settings) {
        Set<String> streams = streams(settings).keySet();
        Map<String, Map<String, String>> places = new LinkedHashMap<>();
        settings.find(FIXED_COLUMNS).orElse(Map.of()).forEach((name, place) -> {
            String stream = streams.stream()
                    .filter(each -> name.startsWith(each + "."))
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
            String column = stream.isEmpty() ? name : name.substring(stream.length() + 1);
            places.computeIfAbsent(stream, ignored -> new LinkedHashMap<>()).put(column, place);
        });
        Map<String, FixedColumns> columns = new HashMap<>();
        places.forEach((stream, ofStream) -> columns.put(
                stream,
                FixedColumns.of(
                        ofStream,
                        FixedColumns.Trim.valueOf(settings.get(TRIM).toUpperCase(Locale.ROOT)),
                        settings.get(SHORT_LINES).equals("pad"),
                        stream.isEmpty() ? "fixed_columns" : "fixed_columns." + stream)));
        return columns;
    }

    private static XmlPath path(String notation) {
        try {
            return XmlPath.of(notation);
        } catch (IllegalArgumentException noPath) {
            throw wrong("record_element", String.valueOf(noPath.getMessage()));
        }
    }

    private static Character character(String option, String text) {
        String one = switch (text.toLowerCase(Locale.ROOT)) {
            case "tab", "\\t" -> "\t";
            case "none" -> String.valueOf(CsvDialect.NONE);
            default -> text;
        };
        if (one.length() != 1 || one.charAt(0) > 127 || one.charAt(0) == '\n' || one.charAt(0) == '\r') {
            throw wrong(option, "the " + option + " has to be one ASCII character, not " + one.length());
        }
        return one.charAt(0);
    }

    private static CsvOptions.Header header(String text) {
        return switch (text) {
            case "true" -> CsvOptions.Header.PRESENT;
            case "false" -> CsvOptions.Header.ABSENT;
            default -> CsvOptions.Header.FIND;
        };
    }

    private static @Nullable Compression compression(String text) {
        return text.equals(AUTO) ? null : Compression.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static @Nullable TextEncoding encoding(String text) {
        if (text.equals(AUTO)) {
            return null;
        }
        return TextEncoding.of(text)
                .orElseThrow(() -> wrong(
                        "encoding",
                        "the encoding " + text + " is not one of " + String.join(", ", TextEncoding.labels())));
    }

    private static @Nullable Boolean switched(String text) {
        return text.equals(AUTO) ? null : Boolean.valueOf(text);
    }

    private static Map<String, DataType> types(Settings settings) {
        Map<String, DataType> types = new LinkedHashMap<>();
        settings.find(TYPES)
                .ifPresent(named -> named.forEach((column, name) -> {
                    Optional<DataType> type = TypeNotation.parse(name);
                    types.put(
                            column,
                            type.orElseThrow(() -> wrong(
                                    "types." + column,
                                    "there is no type " + name + "; types are "
                                            + String.join(", ", TypeNotation.EXAMPLES))));
                }));
        return types;
    }

    private static ProblemException wrong(String option, String message) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, message).at(option).exception();
    }
}
