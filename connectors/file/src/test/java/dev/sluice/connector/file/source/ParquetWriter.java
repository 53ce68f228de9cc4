package dev.sluice.connector.file.source;

import dev.sluice.duckdb.BatchScan;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Layout;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes Parquet by means of DuckDB. */
final class ParquetWriter implements FormatWriter {
    private final DuckDb database = DuckDb.open(DuckDbOptions.inMemory());

    @Override
    public String extension() {
        return ".parquet";
    }

    @Override
    public boolean needsTypes() {
        return false;
    }

    @Override
    public boolean stores(DataType type, String text) {
        return switch (type) {
            case DataType.BoolType _,
                    DataType.IntType _,
                    DataType.FloatType _,
                    DataType.TextType _,
                    DataType.BinaryType _,
                    DataType.UuidType _,
                    DataType.JsonType _ -> true;
            case DataType.DecimalType decimal -> decimal.layout() != Layout.BYTES && !text.equals("NaN");
            case DataType.DateType _ -> !text.endsWith("infinity");
            case DataType.TimeType(int precision, boolean zoned) -> precision == 6 && !zoned && !text.startsWith("24");
            case DataType.TimestampType(int precision, boolean _) ->
                (precision == 6 && !text.endsWith("infinity"))
                        // Nanoseconds in 64 bits reach from 1677 to 2262.
                        || (precision == 9 && text.compareTo("1678") > 0 && text.compareTo("2262") < 0);
            case DataType.ArrayType _, DataType.ObjectType _, DataType.UnknownType _ -> false;
        };
    }

    @Override
    public void write(Path file, Schema schema, List<Row> rows) {
        // Names that differ by case alone are the same to DuckDB, so the file's are set apart from the scan's.
        String columns =
                IntStream.range(0, schema.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String names = IntStream.range(0, schema.size())
                .mapToObj(i ->
                        "c" + i + " AS " + DuckDbSql.identifier(schema.field(i).name()))
                .collect(Collectors.joining(", "));
        try (DuckDbConnection connection = database.connect();
                BatchScan scan = connection.load(
                        numbered(schema),
                        table -> "COPY (SELECT " + names + " FROM " + table + " AS t(" + columns + ")) TO "
                                + DuckDbSql.literal(file.toString()) + " (FORMAT parquet, ROW_GROUP_SIZE 2048)")) {
            if (!rows.isEmpty()) {
                scan.put(BatchMaker.batch(numbered(schema), rows));
            }
            scan.finish();
        }
    }

    /** A Parquet file can be read or not, as a whole. */
    @Override
    public int poison(Path file, Schema schema) {
        return 0;
    }

    private static Schema numbered(Schema schema) {
        return new Schema(IntStream.range(0, schema.size())
                .mapToObj(i -> new Field("c" + i, schema.field(i).type()))
                .toList());
    }

    @Override
    public void close() {
        database.close();
    }
}
