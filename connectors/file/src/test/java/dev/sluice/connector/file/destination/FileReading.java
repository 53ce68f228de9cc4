package dev.sluice.connector.file.destination;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonScanner;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.duckdb.BatchReader;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.duckdb.LargeValues;
import dev.sluice.duckdb.ReadOptions;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.TargetContent;
import dev.sluice.testkit.file.AvroReading;
import dev.sluice.testkit.file.ExcelReading;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads files of a format by other means than those that wrote them. */
enum FileReading {
    CSV {
        @Override
        TargetContent read(Path file, TargetPlan plan) throws IOException {
            List<List<@Nullable String>> lines = csv(text(file), ',');
            List<String> names = new ArrayList<>();
            lines.getFirst().forEach(name -> names.add(Objects.requireNonNull(name)));
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            for (List<@Nullable String> line : lines.subList(1, lines.size())) {
                if (line.size() != names.size()) {
                    throw new AssertionError(file + " has " + names + " and a line " + line);
                }
                Map<String, @Nullable String> row = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    row.put(names.get(i), decoded(names.get(i), line.get(i), plan));
                }
                rows.add(row);
            }
            return new TargetContent(names, rows);
        }
    },
    JSON_LINES {
        @Override
        TargetContent read(Path file, TargetPlan plan) throws IOException {
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            // What no row says does not stand in the file, so the plan has to say it.
            Set<String> names = new LinkedHashSet<>();
            plan.columns().forEach(column -> names.add(column.column()));
            names.addAll(
                    List.of("_airbyte_raw_id", "_airbyte_extracted_at", "_airbyte_meta", "_airbyte_generation_id"));
            for (String line : text(file).split("\n")) {
                if (!line.isEmpty()) {
                    Map<String, @Nullable String> row = object(line.getBytes(StandardCharsets.UTF_8), plan);
                    row.replaceAll((name, value) -> decoded(name, value, plan));
                    names.addAll(row.keySet());
                    rows.add(row);
                }
            }
            return new TargetContent(List.copyOf(names), rows);
        }
    },
    PARQUET {
        @Override
        TargetContent read(Path file, TargetPlan plan) throws IOException {
            String select =
                    "SELECT * FROM read_parquet(" + DuckDbSql.literal(file.toString()) + ", hive_partitioning = false)";
            try (DuckDbConnection connection = Engine.OPEN.connect();
                    BatchReader reader = connection.read(select, Engine.OPTIONS)) {
                List<String> names = reader.schema().names();
                List<Map<String, @Nullable String>> rows = new ArrayList<>();
                for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                    for (Row values : Rows.of(batch)) {
                        Map<String, @Nullable String> row = new LinkedHashMap<>();
                        for (int i = 0; i < names.size(); i++) {
                            row.put(names.get(i), values.value(i));
                        }
                        rows.add(row);
                    }
                }
                return new TargetContent(names, rows);
            } catch (ProblemException failure) {
                if (!Files.exists(file)) {
                    throw new FileNotFoundException(file.toString());
                }
                throw failure;
            }
        }

        @Override
        boolean holds(DataType type, String text) {
            return !(type instanceof DataType.DecimalType && text.equals("NaN"));
        }
    },
    AVRO {
        @Override
        TargetContent read(Path file, TargetPlan plan) throws IOException {
            return AvroReading.read(file);
        }

        @Override
        boolean holds(DataType type, String text) {
            return switch (type) {
                case DataType.DecimalType _ -> !text.equals("NaN") && !text.endsWith("Infinity");
                case DataType.DateType _, DataType.TimestampType _ -> !text.endsWith("infinity");
                case DataType.TimeType time -> time.zoned() || time.precision() > 6 || !text.startsWith("24");
                default -> true;
            };
        }
    },
    EXCEL {
        @Override
        TargetContent read(Path file, TargetPlan plan) throws IOException {
            TargetContent content = ExcelReading.read(file);
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            for (Map<String, @Nullable String> row : content.rows()) {
                Map<String, @Nullable String> values = new LinkedHashMap<>(row);
                values.replaceAll((name, value) -> decoded(name, value, plan));
                rows.add(values);
            }
            return new TargetContent(content.columns(), rows);
        }

        @Override
        int largeValue() {
            return 32_000;
        }
    };

    /** One DuckDB for all tests, opened by the first that needs it. */
    private static final class Engine {
        static final DuckDb OPEN = DuckDb.open(DuckDbOptions.inMemory());
        static final ReadOptions OPTIONS = new ReadOptions(BatchSize.DEFAULT, () -> 0, LargeValues.ALL);
    }

    /** The content of a file. */
    abstract TargetContent read(Path file, TargetPlan plan) throws IOException;

    /** True if a column of an exact type holds this value. */
    boolean holds(DataType type, String text) {
        return true;
    }

    /** The size in characters of the largest text to test with. */
    int largeValue() {
        return 16 << 20;
    }

    /** The rows of all files by the names of their columns. */
    static TargetContent union(List<TargetContent> contents) {
        Set<String> names = new LinkedHashSet<>();
        contents.forEach(content -> names.addAll(content.columns()));
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        for (TargetContent content : contents) {
            for (Map<String, @Nullable String> row : content.rows()) {
                Map<String, @Nullable String> full = new LinkedHashMap<>();
                names.forEach(name -> full.put(name, row.get(name)));
                rows.add(full);
            }
        }
        return new TargetContent(List.copyOf(names), rows);
    }

    static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        boolean gzip = bytes.length > 2 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B;
        boolean zstd = bytes.length > 4 && (bytes[0] & 0xFF) == 0x28 && (bytes[1] & 0xFF) == 0xB5;
        InputStream raw = new ByteArrayInputStream(bytes);
        try (InputStream plain = gzip
                ? new GZIPInputStream(raw)
                : zstd ? new com.github.luben.zstd.ZstdInputStreamNoFinalizer(raw) : raw) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static @Nullable String decoded(String column, @Nullable String value, TargetPlan plan) {
        boolean base64 = value != null
                && plan.columns().stream()
                        .filter(each -> each.column().equals(column))
                        .map(ColumnPlan::columnType)
                        .anyMatch("text (base64)"::equals);
        return base64 ? HexFormat.of().formatHex(Base64.getDecoder().decode(value)) : value;
    }

    /** RFC 4180; nothing between delimiters is null, a pair of quotes is an empty text. */
    static List<List<@Nullable String>> csv(String text, char delimiter) {
        List<List<@Nullable String>> lines = new ArrayList<>();
        List<@Nullable String> line = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            @Nullable String field;
            if (text.charAt(at) == '"') {
                StringBuilder value = new StringBuilder();
                at++;
                while (text.charAt(at) != '"' || (at + 1 < text.length() && text.charAt(at + 1) == '"')) {
                    value.append(text.charAt(at));
                    at += text.charAt(at) == '"' ? 2 : 1;
                }
                at++;
                field = value.toString();
            } else {
                int end = at;
                while (text.charAt(end) != delimiter && text.charAt(end) != '\n') {
                    end++;
                }
                field = end == at ? null : text.substring(at, end);
                at = end;
            }
            line.add(field);
            if (text.charAt(at) == '\n') {
                lines.add(line);
                line = new ArrayList<>();
            } else if (text.charAt(at) != delimiter) {
                throw new AssertionError("what follows a quoted field at " + at + " of " + text);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                line.add(null);
                lines.add(line);
                line = new ArrayList<>();
                at++;
            }
            at++;
        }
        return lines;
    }

    /**
     * The members of an object: texts without their escapes, all else as it stands there. Null is no value, except for a
     * document, which is null itself then; one that has no value does not stand there.
     */
    private static Map<String, @Nullable String> object(byte[] json, TargetPlan plan) {
        JsonScanner scanner = new JsonScanner();
        if (!scanner.isValue(json, 0, json.length)) {
            throw new AssertionError("not JSON: " + new String(json, StandardCharsets.UTF_8));
        }
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        int at = 1;
        while (json[at] != '}') {
            int keyEnd = scanner.endOfValue(json, at, json.length);
            String key = unescaped(json, at, keyEnd);
            int valueStart = keyEnd + 1;
            int valueEnd = scanner.endOfValue(json, valueStart, json.length);
            if (members.containsKey(key)) {
                throw new AssertionError("the key " + key + " comes twice");
            }
            members.put(key, value(isDocument(key, plan), json, valueStart, valueEnd));
            at = json[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
        }
        return members;
    }

    private static boolean isDocument(String column, TargetPlan plan) {
        return plan.columns().stream()
                .anyMatch(each -> each.column().equals(column) && each.field().type() instanceof DataType.JsonType);
    }

    private static @Nullable String value(boolean document, byte[] json, int from, int to) {
        if (json[from] == '"' && !document) {
            return unescaped(json, from, to);
        }
        return json[from] == 'n' && !document ? null : new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    private static String unescaped(byte[] json, int from, int to) {
        ByteSink out = new ByteSink(to - from);
        if (!JsonText.unescape(out, json, from + 1, to - 1)) {
            throw new AssertionError("half a surrogate pair");
        }
        return out.toString();
    }
}
