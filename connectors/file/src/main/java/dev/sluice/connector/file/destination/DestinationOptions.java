package dev.sluice.connector.file.destination;

import dev.sluice.cdk.config.ConfigSpec;
import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.file.destination.place.Layout;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.places.StoreLogins;
import dev.sluice.connector.file.places.StoreOptions;
import dev.sluice.connector.file.store.StoreAddress;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of the destination. */
public final class DestinationOptions {
    /** Stands for standard output. */
    static final String STANDARD_OUTPUT = "-";

    private static final String AUTO = "auto";
    private static final long MEBIBYTE = 1L << 20;

    private static final Option<String> PATH = Option.path("path", "Path")
            .required()
            .describedAs(
                    "A folder, in which each stream gets a folder of its own, or a file such as out.csv for a single "
                            + "stream, here or in a store, or - for standard output.")
            .examples("out/", "orders.csv", "orders.parquet", "orders.jsonl.zst", "s3://bucket/lake/", "-");
    private static final Option<String> FORMAT = Option.oneOf(
                    "format", "Format", List.of(AUTO, "csv", "jsonl", "parquet", "avro", "xlsx"))
            .describedAs("By default the name of the file tells; folders get Parquet, standard output JSON lines.")
            .defaultsTo(AUTO);
    private static final Option<String> COMPRESSION = Option.oneOf(
                    "compression", "Compression", List.of(AUTO, "none", "gzip", "zstd", "snappy", "deflate"))
            .describedAs("By default the name of the file tells; other text is not compressed, Parquet is by snappy "
                    + "and Avro by deflate. Text knows gzip and zstd, Avro deflate and zstd.")
            .defaultsTo(AUTO);
    private static final Option<String> LAYOUT = Option.text("layout", "Layout of folders")
            .describedAs("The folders below the path. {namespace} and {stream} make the folder of a stream; behind "
                    + "them, {year}, {month}, {day}, {hour} (of the run, in UTC), {sync_id} and {generation_id} divide "
                    + "its files.")
            .examples(Layout.DEFAULT, "{namespace}/{stream}", "{namespace}/{stream}/{year}-{month}-{day}")
            .defaultsTo(Layout.DEFAULT);
    private static final Option<List<String>> PARTITION_BY = Option.texts("partition_by", "Partition by")
            .describedAs("Fields by whose values the files of a stream are divided into folders such as country=DE. "
                    + "The values stand in the files as well.")
            .examples(List.of("country"));
    private static final Option<Long> FILE_SIZE = Option.whole("target_file_mb", "Size of files", 1, 1 << 20)
            .describedAs("A file of about so many MiB is followed by the next one. Files whose rows are seen with each "
                    + "commit are smaller.")
            .defaultsTo(256L);
    private static final Option<String> METADATA = Option.oneOf(
                    "metadata", "Columns of metadata", List.of(AUTO, "true", "false"))
            .describedAs("Whether rows carry _airbyte_raw_id, _airbyte_extracted_at, _airbyte_meta and "
                    + "_airbyte_generation_id. By default they do in folders and not in single files.")
            .defaultsTo(AUTO);
    private static final Option<String> DELIMITER = Option.text("delimiter", "CSV: delimiter")
            .describedAs("One character, or tab.")
            .examples(",", ";", "tab")
            .defaultsTo(",");
    private static final Option<Boolean> HEADER = Option.truth("header", "CSV: header")
            .describedAs("Whether the first line holds the names of the columns.")
            .defaultsTo(true);

    /** All options. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
            "Files",
            StoreOptions.behind(
                    PATH, FORMAT, COMPRESSION, LAYOUT, PARTITION_BY, FILE_SIZE, METADATA, DELIMITER, HEADER));

    private DestinationOptions() {}

    /**
     * Reads a configuration.
     *
     * @throws ProblemException of kind {@code CONFIG} if it does not fit
     */
    static DestinationSettings read(Config config) {
        Settings settings = SPEC.read(config);
        String path = settings.get(PATH);
        Where where = where(path);
        FileFormat format = format(settings.get(FORMAT), path, where);
        DestinationSettings.Encoding encoding = new DestinationSettings.Encoding(
                format,
                compression(settings.get(COMPRESSION), path, format, where),
                delimiter(settings.get(DELIMITER), path, where),
                settings.get(HEADER));
        boolean metadata = settings.get(METADATA).equals(AUTO)
                ? where == Where.FOLDER
                : Boolean.parseBoolean(settings.get(METADATA));
        List<String> partitionBy = settings.find(PARTITION_BY).orElse(List.of());
        if (where != Where.FOLDER && !partitionBy.isEmpty()) {
            throw wrong("partition_by", "one file cannot be divided into partitions")
                    .fix("give a folder as the path")
                    .exception();
        }
        return new DestinationSettings(
                where == Where.STANDARD_OUTPUT || StoreAddress.isStore(path) ? null : absolute(path),
                StoreAddress.isStore(path) ? StoreAddress.parse(path) : null,
                where == Where.FILE,
                Layout.parse(settings.get(LAYOUT)),
                new DestinationSettings.Dividing(settings.get(FILE_SIZE) * MEBIBYTE, partitionBy),
                encoding,
                metadata);
    }

    /** How the stores of a configuration are reached. */
    static StoreLogins logins(Config config) {
        return StoreOptions.read(SPEC.read(config));
    }

    private enum Where {
        FOLDER,
        FILE,
        STANDARD_OUTPUT
    }

    private static Where where(String path) {
        if (path.equals(STANDARD_OUTPUT)) {
            return Where.STANDARD_OUTPUT;
        }
        boolean file = !path.endsWith("/")
                && !path.endsWith(File.separator)
                && FileFormat.ofName(path).isPresent()
                && (StoreAddress.isStore(path) || !Files.isDirectory(absolute(path)));
        return file ? Where.FILE : Where.FOLDER;
    }

    private static Path absolute(String path) {
        if (path.isBlank()) {
            throw wrong("path", "the path is empty").exception();
        }
        String full = path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
        try {
            return Path.of(full).toAbsolutePath().normalize();
        } catch (InvalidPathException impossible) {
            throw wrong("path", "this cannot be a path: " + impossible.getReason())
                    .exception(impossible);
        }
    }

    private static FileFormat format(String option, String path, Where where) {
        if (!option.equals(AUTO)) {
            FileFormat named = FileFormat.ofLabel(option)
                    .orElseThrow(() -> new IllegalStateException("no such format: " + option));
            return requireWritable(named, where);
        }
        FileFormat format = switch (where) {
            case FOLDER -> FileFormat.PARQUET;
            case STANDARD_OUTPUT -> FileFormat.JSON_LINES;
            case FILE -> FileFormat.ofName(path).orElse(FileFormat.PARQUET);
        };
        return requireWritable(format, where);
    }

    private static FileFormat requireWritable(FileFormat format, Where where) {
        if (isBinary(format) && where == Where.STANDARD_OUTPUT) {
            throw wrong("format", format.label() + " cannot be written to standard output")
                    .because("it is written as a file, part by part")
                    .fix("say `format: csv` or `format: jsonl`, or give the path of a file")
                    .exception();
        }
        if (format == FileFormat.XML || format == FileFormat.FIXED_WIDTH) {
            throw wrong("path", format.label() + " is only read")
                    .fix("write csv, jsonl, parquet, avro or xlsx")
                    .exception();
        }
        if (format == FileFormat.JSON) {
            throw wrong("path", "there is no way to write one large JSON document")
                    .because("a file whose name ends in .json would have to be one")
                    .fix("write JSON lines to a file that ends in .jsonl, or say `format: jsonl`")
                    .exception();
        }
        return format;
    }

    private static String compression(String option, String path, FileFormat format, Where where) {
        String wanted = option.equals(AUTO) ? ofName(path, where).orElse(usual(format)) : option;
        if (!codecs(format).contains(wanted)) {
            throw wrong("compression", format.label() + " is not compressed by " + wanted)
                    .fix("take one of " + String.join(", ", codecs(format)))
                    .exception();
        }
        if (where == Where.FILE && !isBinary(format) && !option.equals(AUTO)) {
            String named = ofName(path, where).orElse("none");
            if (!named.equals(wanted)) {
                throw wrong("compression", "the name of the file says " + named + " and the option says " + wanted)
                        .fix("let the name end in " + extension(wanted) + ", or leave the option out")
                        .exception();
            }
        }
        return wanted;
    }

    private static Optional<String> ofName(String path, Where where) {
        if (where == Where.FILE) {
            for (Compression compression : Compression.values()) {
                String extension = compression.extension();
                if (!extension.isEmpty() && path.toLowerCase(Locale.ROOT).endsWith(extension)) {
                    return Optional.of(compression.name().toLowerCase(Locale.ROOT));
                }
            }
        }
        return Optional.empty();
    }

    private static String extension(String compression) {
        String extension =
                Compression.valueOf(compression.toUpperCase(Locale.ROOT)).extension();
        return extension.isEmpty() ? ".csv or .jsonl" : extension;
    }

    private static List<String> codecs(FileFormat format) {
        return switch (format) {
            case PARQUET -> List.of("none", "gzip", "zstd", "snappy");
            case AVRO -> List.of("none", "deflate", "zstd");
            case EXCEL -> List.of("none");
            case CSV, JSON_LINES, JSON, FIXED_WIDTH, XML -> List.of("none", "gzip", "zstd");
        };
    }

    private static boolean isBinary(FileFormat format) {
        return format == FileFormat.PARQUET || format == FileFormat.AVRO || format == FileFormat.EXCEL;
    }

    private static String usual(FileFormat format) {
        return switch (format) {
            case PARQUET -> "snappy";
            case AVRO -> "deflate";
            case CSV, JSON_LINES, JSON, FIXED_WIDTH, XML, EXCEL -> "none";
        };
    }

    private static char delimiter(String option, String path, Where where) {
        String lower = path.toLowerCase(Locale.ROOT);
        boolean tabs = where == Where.FILE && (lower.contains(".tsv") || lower.contains(".tab"));
        String text = switch (option) {
            case "tab", "\\t" -> "\t";
            case "," -> tabs ? "\t" : lower.contains(".psv") && where == Where.FILE ? "|" : ",";
            default -> option;
        };
        if (text.length() != 1) {
            throw wrong("delimiter", "the delimiter has to be one character, not " + text.length())
                    .exception();
        }
        return text.charAt(0);
    }

    private static Problem wrong(String option, @Nullable String message) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, String.valueOf(message))
                .at(option);
    }
}
