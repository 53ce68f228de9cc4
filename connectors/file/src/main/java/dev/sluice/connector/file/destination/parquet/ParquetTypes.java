package dev.sluice.connector.file.destination.parquet;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.connector.file.destination.columns.NumberWords;
import dev.sluice.duckdb.ScanTypes;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Layout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of Parquet columns, by the names of DuckDB's types that become them. */
final class ParquetTypes implements FormatTypes {
    static final ParquetTypes INSTANCE = new ParquetTypes();

    private static final String TEXT = "VARCHAR";
    private static final NumberWords NUMBERS =
            new NumberWords(Map.of("TINYINT", 3, "SMALLINT", 5, "INTEGER", 10, "BIGINT", 19), "DECIMAL", 38);

    /** Types between which readers go over without loss, so that files may differ in them. */
    private static final List<Set<String>> FAMILIES = List.of(
            Set.of("TIME", "TIME_NS"),
            Set.of("TIMESTAMP", "TIMESTAMP_NS"),
            Set.of("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS"));

    private ParquetTypes() {}

    @Override
    public ColumnType of(DataType type) {
        return switch (type) {
            case DecimalType decimal -> decimal(decimal);
            case DataType.TimeType time ->
                time.zoned()
                        ? ColumnType.widened(TEXT, "Parquet has no times with an offset, so they are texts")
                        : exact(type);
            case DataType.TimestampType time ->
                time.layout() == Layout.WIDE
                        ? new ColumnType(
                                ScanTypes.sqlName(type),
                                Fit.LOSSY,
                                "nanoseconds reach from 1677 to 2262 only; earlier and later values become null")
                        : exact(type);
            case DataType.BoolType ignored -> exact(type);
            case DataType.IntType ignored -> exact(type);
            case DataType.FloatType ignored -> exact(type);
            case DataType.TextType ignored -> exact(type);
            case DataType.BinaryType ignored -> exact(type);
            case DataType.UuidType ignored -> exact(type);
            case DataType.DateType ignored -> exact(type);
            case DataType.JsonType ignored -> exact(type);
            case DataType.ArrayType ignored -> exact(type);
            case DataType.ObjectType ignored -> exact(type);
            case DataType.UnknownType ignored -> exact(type);
        };
    }

    private static ColumnType exact(DataType type) {
        return ColumnType.exact(ScanTypes.sqlName(type));
    }

    private static ColumnType decimal(DecimalType type) {
        return type.layout() == Layout.BYTES
                ? ColumnType.widened(TEXT, "decimals have at most 38 digits in Parquet, so these are texts")
                : new ColumnType(
                        ScanTypes.sqlName(type), Fit.EXACT, "NaN, which decimals of Parquet do not have, becomes null");
    }

    @Override
    public Optional<String> joined(String known, DataType type) {
        String wanted = of(type).sql();
        if (known.equals(wanted)
                || FAMILIES.stream().anyMatch(family -> family.contains(known) && family.contains(wanted))) {
            return Optional.of(wanted);
        }
        if (known.equals(TEXT) && isWrittenAlikeAsText(type)) {
            return Optional.of(TEXT);
        }
        if (Set.of(known, wanted).equals(Set.of("FLOAT", "DOUBLE"))) {
            return Optional.of("DOUBLE");
        }
        return NUMBERS.joined(known, wanted);
    }

    /** True if DuckDB's cast to text gives the canonical text. */
    private static boolean isWrittenAlikeAsText(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> true;
            case DataType.IntType ignored -> true;
            case DecimalType ignored -> true;
            case DataType.UuidType ignored -> true;
            case DataType.TextType ignored -> true;
            case DataType.UnknownType ignored -> true;
            case DataType.JsonType ignored -> true;
            case DataType.ArrayType ignored -> true;
            case DataType.ObjectType ignored -> true;
            case DataType.TimeType time -> time.zoned();
            case DataType.FloatType ignored -> false;
            case DataType.BinaryType ignored -> false;
            case DataType.DateType ignored -> false;
            case DataType.TimestampType ignored -> false;
        };
    }
}
