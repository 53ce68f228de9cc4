package dev.sluice.connector.file.destination.avro;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.connector.file.destination.columns.NumberWords;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.Map;
import java.util.Optional;

/** How Avro holds values: the words are those of its types, or of its logical types where there is one. */
enum AvroColumnTypes implements FormatTypes {
    INSTANCE;

    static final String TEXT = "string";
    static final String DOCUMENT = "string (JSON)";

    private static final String ENDLESS = "the infinities become null";

    private static final NumberWords NUMBERS = new NumberWords(Map.of("int", 10, "long", 19), "decimal", 1000);

    @Override
    public ColumnType of(DataType type) {
        return switch (type) {
            case DataType.BoolType _ -> ColumnType.exact("boolean");
            case DataType.IntType(int bits) -> ColumnType.exact(bits == 64 ? "long" : "int");
            case DecimalType decimal -> decimal(decimal);
            case DataType.FloatType(int bits) -> ColumnType.exact(bits == 64 ? "double" : "float");
            case DataType.BinaryType _ -> ColumnType.exact("bytes");
            case DataType.UuidType _ -> ColumnType.exact("uuid");
            case DataType.DateType _ -> exactBut("date", ENDLESS);
            case DataType.TimeType(int precision, boolean zoned) -> time(precision, zoned);
            case DataType.TimestampType(int precision, boolean zoned) -> timestamp(precision, zoned);
            case DataType.TextType _ -> ColumnType.exact(TEXT);
            case DataType.UnknownType _ -> ColumnType.exact(TEXT);
            case DataType.JsonType _, DataType.ArrayType _, DataType.ObjectType _ -> ColumnType.exact(DOCUMENT);
        };
    }

    /** A type that holds each value of this world, and not all that some databases have. */
    private static ColumnType exactBut(String type, String note) {
        return new ColumnType(type, Fit.EXACT, note);
    }

    private static ColumnType decimal(DecimalType type) {
        boolean bounded = !type.isUnconstrained() && type.scale() >= 0 && type.scale() <= type.precision();
        return bounded
                ? exactBut(type.notation(), "NaN and the infinities become null")
                : ColumnType.widened(TEXT, "decimals have a fixed number of digits in Avro, so these are texts");
    }

    private static ColumnType time(int precision, boolean zoned) {
        return zoned || precision > 6
                ? ColumnType.widened(TEXT, "Avro has no times with an offset or nanoseconds, so they are texts")
                : exactBut("time-micros", "24:00 becomes null");
    }

    private static ColumnType timestamp(int precision, boolean zoned) {
        String local = zoned ? "" : "local-";
        return precision > 6
                ? new ColumnType(
                        local + "timestamp-nanos",
                        Fit.LOSSY,
                        "nanoseconds reach from 1677 to 2262 only; earlier and later values become null")
                : exactBut(local + "timestamp-micros", ENDLESS);
    }

    @Override
    public Optional<String> joined(String known, DataType type) {
        String wanted = of(type).sql();
        if (known.equals(wanted)) {
            return Optional.of(wanted);
        }
        boolean floats = (known.equals("float") || known.equals("double"))
                && (wanted.equals("float") || wanted.equals("double"));
        if (floats) {
            return Optional.of("double");
        }
        boolean texts =
                (known.equals(TEXT) || known.equals(DOCUMENT)) && (wanted.equals(TEXT) || wanted.equals(DOCUMENT));
        return texts ? Optional.of(TEXT) : NUMBERS.joined(known, wanted);
    }
}
