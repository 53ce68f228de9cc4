package dev.sluice.connector.file.parquet;

import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads what stands at the end of a Parquet file. */
final class Directory {
    static final String ROW_NUMBER = "file_row_number";

    private static final int MOST_DIGITS = DataType.DecimalType.MAX_WIDE_PRECISION;

    private final DuckDbConnection connection;
    private final Path path;
    private final String file;

    /**
     * Prepares to read.
     *
     * @param file the file in messages
     */
    Directory(DuckDbConnection connection, Path path, String file) {
        this.connection = connection;
        this.path = path;
        this.file = file;
    }

    /** An entry of the tree of columns, in the order in which the tree is written. */
    private record Node(String name, long children, String converted, String logical, long precision) {
        static Node of(List<@Nullable Object> row) {
            return new Node(
                    text(row.get(0)), number(row.get(1)), text(row.get(2)), text(row.get(3)), number(row.get(4)));
        }
    }

    ParquetFacts read() {
        List<Node> nodes = nodes();
        List<Node> top = topColumns(nodes);
        if (top.isEmpty()) {
            throw ParquetProblems.unsupported(file, "it has no columns").exception();
        }
        boolean numbered = top.stream()
                .noneMatch(node -> node.name.toLowerCase(Locale.ROOT).equals(ROW_NUMBER));
        Schema read = connection.describe("SELECT " + names(top.size()) + " FROM " + table(path, top.size(), false));
        List<ParquetFacts.Column> columns = new ArrayList<>(top.size());
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < top.size(); i++) {
            Node node = top.get(i);
            DataType type = read.field(i).type();
            Field field = new Field(unique(node.name, taken), ParquetTypes.exact(type, node.logical, node.converted));
            columns.add(new ParquetFacts.Column(field, type));
        }
        return new ParquetFacts(columns, groups(), numbered);
    }

    /** The rows of a file as a table {@code t} with the columns {@code c0}, {@code c1} and so on. */
    static String table(Path path, int columns, boolean numbered) {
        // The names come from us, since those of the file may differ by case alone, which SQL does not tell apart.
        return "read_parquet(" + literal(path) + ", hive_partitioning = false, filename = false, " + ROW_NUMBER + " = "
                + numbered + ") AS t(" + names(columns) + (numbered ? ", " + ROW_NUMBER : "") + ")";
    }

    private static String names(int columns) {
        return IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    /** A path as a pattern that only this path matches. */
    private static String literal(Path path) {
        String absolute = path.toAbsolutePath().toString();
        return DuckDbSql.literal(absolute.replaceAll("([\\[*?])", "[$1]"));
    }

    private List<Node> nodes() {
        List<Node> nodes = connection
                .rows("SELECT name, num_children, converted_type, logical_type, precision FROM parquet_schema("
                        + literal(path) + ")")
                .stream()
                .map(Node::of)
                .toList();
        for (Node node : nodes) {
            boolean decimal = node.converted.equals("DECIMAL") || node.logical.startsWith("DecimalType");
            if (decimal && node.precision > MOST_DIGITS) {
                throw ParquetProblems.unsupported(
                                file,
                                "the column " + node.name + " is a decimal of " + node.precision + " digits; up to "
                                        + MOST_DIGITS + " are read exactly")
                        .exception();
            }
        }
        return nodes;
    }

    /** The children of the first entry, each of which is followed by what is nested in it. */
    private List<Node> topColumns(List<Node> nodes) {
        List<Node> top = new ArrayList<>();
        int at = 1;
        while (at < nodes.size()) {
            top.add(nodes.get(at));
            at = behind(nodes, at);
        }
        if (nodes.isEmpty() || top.size() != nodes.getFirst().children) {
            throw ParquetProblems.damaged(file, "its tree of columns does not fit together")
                    .exception();
        }
        return top;
    }

    private static int behind(List<Node> nodes, int node) {
        int at = node;
        long left = 1;
        while (left > 0 && at < nodes.size()) {
            left += nodes.get(at).children - 1;
            at++;
        }
        return at;
    }

    private List<ParquetFacts.Group> groups() {
        return connection
                .rows("SELECT max(row_group_num_rows), sum(total_compressed_size)::BIGINT FROM parquet_metadata("
                        + literal(path) + ") GROUP BY row_group_id ORDER BY row_group_id")
                .stream()
                .map(row -> new ParquetFacts.Group(number(row.get(0)), number(row.get(1))))
                .toList();
    }

    private static String unique(String name, Set<String> taken) {
        String base = name.isEmpty() ? "column" : name;
        String candidate = base;
        for (int i = 1; !taken.add(candidate); i++) {
            candidate = base + "_" + i;
        }
        return candidate;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }
}
