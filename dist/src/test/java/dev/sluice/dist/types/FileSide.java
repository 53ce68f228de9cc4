package dev.sluice.dist.types;

import dev.sluice.dist.types.NativeColumn.Sample;
import dev.sluice.dist.types.Plans.Column;
import dev.sluice.dist.types.Plans.Target;
import dev.sluice.testkit.contract.TargetContent;
import dev.sluice.testkit.rows.Meaning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files, which the test writes and reads itself. */
abstract class FileSide extends FileOrigin implements Side {
    private final Path folder;

    FileSide(Path folder) {
        super(folder);
        this.folder = folder;
    }

    /** The rows of files of a folder. */
    abstract List<Stored> read(Path folder, List<Column> columns) throws IOException;

    @Override
    public final String destination() {
        return "{connector: file, config: {path: " + folder + "/to-" + name() + "/, format: " + name() + "}}";
    }

    @Override
    public final List<Stored> read(Target target) {
        try {
            return read(folder(target), target.columns());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The folder of a stream. */
    static Path folder(Target target) {
        return Path.of(target.location());
    }

    /** The files of a folder. */
    final List<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(each -> each.toString().endsWith("." + name())).toList();
        }
    }

    /** The rows of a file whose values all have texts. */
    static List<Stored> stored(TargetContent content, List<Column> columns) {
        List<Stored> rows = new ArrayList<>();
        for (Map<String, @Nullable String> row : content.rows()) {
            rows.add(stored(row, columns));
        }
        return rows;
    }

    /** A row whose columns all have texts. */
    static Stored stored(Map<String, @Nullable String> row, List<Column> columns) {
        Map<String, @Nullable String> texts = new HashMap<>();
        for (Column column : columns) {
            texts.put(column.field(), decoded(row.get(column.column()), column));
        }
        return new Stored(
                Integer.parseInt(String.valueOf(row.get(ID))),
                texts,
                Facts.altered(Meaning.normal(String.valueOf(row.get(META)))));
    }

    /** Bytes are texts in base64 in files of text. */
    static @Nullable String decoded(@Nullable String value, Column column) {
        return value != null && column.columnType().equals("text (base64)")
                ? HexFormat.of().formatHex(Base64.getDecoder().decode(value))
                : value;
    }

    /** Files of lines of text. */
    abstract static class Lines extends FileSide {
        Lines(Path folder) {
            super(folder);
        }

        /** The first line, if there is one. */
        abstract List<String> head(List<String> names);

        /** The line of a row. */
        abstract String line(int id, List<String> names, List<@Nullable Sample> samples);

        @Override
        final void write(Path file, Content content) throws IOException {
            List<String> lines = new ArrayList<>(head(content.names()));
            int id = 1;
            for (List<@Nullable Sample> row : content.rows()) {
                lines.add(line(id++, content.names(), row));
            }
            Files.writeString(file, String.join("\n", lines) + "\n");
        }
    }

    /** Comma-separated values. */
    static final class Csv extends Lines {
        Csv(Path folder) {
            super(folder);
        }

        @Override
        public String name() {
            return "csv";
        }

        @Override
        public List<NativeColumn> columns() {
            return TextTypes.csv();
        }

        @Override
        List<String> head(List<String> names) {
            return List.of(ID + "," + String.join(",", names));
        }

        @Override
        String line(int id, List<String> names, List<@Nullable Sample> samples) {
            return samples.stream().map(Csv::cell).collect(Collectors.joining(",", id + ",", ""));
        }

        private static String cell(@Nullable Sample sample) {
            if (sample == null) {
                return "";
            }
            return sample.quoted() ? "\"" + sample.input().replace("\"", "\"\"") + "\"" : sample.input();
        }

        @Override
        List<Stored> read(Path folder, List<Column> columns) {
            String sql = "SELECT * FROM read_csv('" + folder + "/*.csv', all_varchar = true, header = true,"
                    + " delim = ',', quote = '\"', escape = '\"', allow_quoted_nulls = false,"
                    + " hive_partitioning = false, auto_detect = false, columns = {"
                    + Stream.concat(
                                    Stream.of(
                                            "_airbyte_raw_id", "_airbyte_extracted_at", META, "_airbyte_generation_id"),
                                    columns.stream().map(Column::column))
                            .map(name -> "'" + name + "': 'VARCHAR'")
                            .collect(Collectors.joining(", "))
                    + "})";
            List<Stored> rows = new ArrayList<>();
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    Map<String, @Nullable String> row = new HashMap<>();
                    row.put(ID, result.getString(ID));
                    row.put(META, result.getString(META));
                    for (Column column : columns) {
                        row.put(column.column(), result.getString(column.column()));
                    }
                    rows.add(stored(row, columns));
                }
                return rows;
            } catch (SQLException failed) {
                throw new AssertionError(failed.getMessage() + "\nin: " + sql, failed);
            }
        }
    }

    /** JSON lines. */
    static final class JsonLines extends Lines {
        JsonLines(Path folder) {
            super(folder);
        }

        @Override
        public String name() {
            return "jsonl";
        }

        @Override
        public List<NativeColumn> columns() {
            return TextTypes.json();
        }

        @Override
        List<String> head(List<String> names) {
            return List.of();
        }

        @Override
        String line(int id, List<String> names, List<@Nullable Sample> samples) {
            StringBuilder line = new StringBuilder("{\"id\":" + id);
            for (int i = 0; i < samples.size(); i++) {
                Sample sample = samples.get(i);
                if (sample != null) {
                    line.append(",").append(Facts.quoted(names.get(i))).append(":");
                    line.append(sample.quoted() ? Facts.quoted(sample.input()) : sample.input());
                }
            }
            return line.append('}').toString();
        }

        @Override
        List<Stored> read(Path folder, List<Column> columns) throws IOException {
            List<Stored> rows = new ArrayList<>();
            for (Path file : files(folder)) {
                for (String line : Files.readString(file).split("\n")) {
                    rows.add(stored(Meaning.normal(line), columns));
                }
            }
            return rows;
        }

        private static Stored stored(Object row, List<Column> columns) {
            Map<?, ?> members = Facts.members(row);
            Map<String, @Nullable String> texts = new HashMap<>();
            for (Column column : columns) {
                texts.put(column.field(), decoded(text(members.get(column.column()), column), column));
            }
            return new Stored(
                    Integer.parseInt(String.valueOf(Facts.text(Facts.at(row, ID)))),
                    texts,
                    Facts.altered(Facts.at(row, META)));
        }

        /** Null is no value, except for a document, which is null itself then. */
        private static @Nullable String text(@Nullable Object value, Column column) {
            if (value == null) {
                return null;
            }
            boolean document = column.notation().equals("json");
            if (Facts.isString(value) && !document) {
                return Facts.text(value);
            }
            return Facts.isNull(value) && !document ? null : Facts.json(value);
        }
    }
}
