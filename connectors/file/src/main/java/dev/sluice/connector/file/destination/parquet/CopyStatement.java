package dev.sluice.connector.file.destination.parquet;

import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.connector.file.destination.columns.FileColumn;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.duckdb.DuckDbSql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statement by which DuckDB writes the rows that it is handed into a file, or into one for each partition. */
final class CopyStatement {
    /** The column with the number of the partition. It is not written. */
    static final String PARTITION = "p";

    /** So much is collected for a group of rows at most, for each thread. */
    private static final String GROUP_BYTES = "64MB";

    private CopyStatement() {}

    /**
     * Writes the statement.
     *
     * @param rows the table expression of the rows
     * @param to the file, or the folder of the partitions' files
     * @param divided true if there is a file for each partition
     */
    static String of(
            WriteJob job, ScanRows scan, ParquetFormat.Encoding encoding, String rows, Path to, boolean divided) {
        String select = "SELECT " + String.join(", ", columns(job, scan, divided)) + " FROM " + rows;
        List<String> options = new ArrayList<>(List.of("FORMAT parquet", "COMPRESSION " + encoding.codec()));
        if (!encoding.ordered()) {
            options.add("ROW_GROUP_SIZE_BYTES '" + GROUP_BYTES + "'");
        }
        if (divided) {
            options.add("PARTITION_BY (" + PARTITION + ")");
            options.add("FILENAME_PATTERN 'rows_{i}'");
        } else {
            options.add("USE_TMP_FILE false");
        }
        return "COPY (" + select + ") TO " + DuckDbSql.literal(to.toString()) + " (" + String.join(", ", options) + ")";
    }

    private static List<String> columns(WriteJob job, ScanRows scan, boolean divided) {
        List<String> columns = new ArrayList<>();
        if (job.rows().columns().metadata()) {
            for (MetaColumn meta : MetaColumn.values()) {
                columns.add(meta(meta, job, scan) + " AS " + DuckDbSql.identifier(meta.column()));
            }
        }
        int next = 0;
        for (FileColumn column : job.rows().columns().columns()) {
            String value = column.isFilled() ? "c" + next++ : "NULL";
            columns.add("CAST(" + value + " AS " + column.fileType() + ") AS " + DuckDbSql.identifier(column.name()));
        }
        if (divided) {
            columns.add("c" + scan.partitionColumn() + " AS " + PARTITION);
        }
        return columns;
    }

    private static @Nullable String meta(MetaColumn meta, WriteJob job, ScanRows scan) {
        int first = scan.firstMeta();
        return switch (meta) {
            case RAW_ID -> "CAST(c" + first + " AS VARCHAR)";
            case EXTRACTED_AT -> "c" + (first + 1);
            case META ->
                "CAST(coalesce(c" + (first + 2) + ", "
                        + DuckDbSql.literal(new String(scan.plainMeta(), StandardCharsets.UTF_8)) + ") AS JSON)";
            case GENERATION_ID -> "CAST(" + job.rows().stamp().generationId() + " AS BIGINT)";
        };
    }
}
