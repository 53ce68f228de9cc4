package dev.sluice.connector.postgres.destination;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * The column types for new columns, in the spelling of the server's format_type.
 *
 * <p>By default each type gets the narrowest column that holds all its values. As Airbyte types them, the types are first
 * reduced to its logical ones (platform documentation, "Data types"): all integers are bigint, all numbers
 * numeric(38,9), all else that is not a time, a boolean or JSON is text.
 */
enum ColumnTypes {
    /** The narrowest column that holds all values. */
    EXACT,
    /** The column that Airbyte's own destination makes. */
    AIRBYTE;

    /** PostgreSQL limits declared precision and scale to these; NUMERIC without them knows no limit. */
    private static final int MAX_PRECISION = 1000;

    static final String TEXT = "character varying";

    private static final int AIRBYTE_WHOLE_DIGITS = 29;
    private static final int AIRBYTE_SCALE = 9;

    ColumnType of(DataType type) {
        return switch (this) {
            case EXACT -> exact(type);
            case AIRBYTE -> airbyte(type);
        };
    }

    private static ColumnType exact(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> ColumnType.exact("boolean");
            case DataType.IntType(int bits) ->
                switch (bits) {
                    case 8, 16 -> ColumnType.exact("smallint");
                    case 32 -> ColumnType.exact("integer");
                    default -> ColumnType.exact("bigint");
                };
            case DecimalType decimal -> decimal(decimal);
            case DataType.FloatType(int bits) -> ColumnType.exact(bits == 32 ? "real" : "double precision");
            case DataType.TextType ignored -> text("NUL characters, which PostgreSQL cannot store, are left out");
            case DataType.BinaryType ignored -> ColumnType.exact("bytea");
            case DataType.UuidType ignored -> ColumnType.exact("uuid");
            case DataType.DateType ignored ->
                new ColumnType("date", Fit.EXACT, "years before 4713 BC and after 5874897 become null");
            case DataType.TimeType(int precision, boolean zoned) ->
                zoned
                        ? time("time with time zone", precision, "offsets of 16 hours and more become null")
                        : time("time without time zone", precision, null);
            case DataType.TimestampType(int precision, boolean zoned) ->
                time(
                        zoned ? "timestamp with time zone" : "timestamp without time zone",
                        precision,
                        "years before 4713 BC and after 294276 become null");
            case DataType.JsonType ignored ->
                ColumnType.widened("jsonb", "blanks, the order of keys and repeated keys are not kept");
            case DataType.ArrayType ignored -> ColumnType.widened("jsonb", "held as JSON");
            case DataType.ObjectType ignored -> ColumnType.widened("jsonb", "held as JSON");
            case DataType.UnknownType(String sourceType) ->
                ColumnType.widened(TEXT, "held as the text that the source gives for " + sourceType);
        };
    }

    private static ColumnType text(String note) {
        return new ColumnType(TEXT, Fit.EXACT, note);
    }

    private static ColumnType decimal(DecimalType type) {
        boolean declarable = !type.isUnconstrained() && type.precision() <= MAX_PRECISION && type.scale() >= 0;
        return ColumnType.exact(declarable ? "numeric(" + type.precision() + "," + type.scale() + ")" : "numeric");
    }

    private static ColumnType time(String column, int precision, @Nullable String limits) {
        if (precision <= 6) {
            return new ColumnType(column, Fit.EXACT, limits);
        }
        String cut = "PostgreSQL keeps microseconds; what is finer is cut off";
        return new ColumnType(column, Fit.LOSSY, limits == null ? cut : cut + "; " + limits);
    }

    private static ColumnType airbyte(DataType type) {
        return switch (type) {
            case DataType.IntType ignored -> ColumnType.exact("bigint");
            case DecimalType decimal -> airbyteNumber(decimal);
            case DataType.FloatType ignored -> exact(type);
            case DataType.BinaryType ignored -> ColumnType.widened(TEXT, "held as hexadecimal text");
            case DataType.UuidType ignored -> ColumnType.widened(TEXT, "held as text");
            case DataType.BoolType ignored -> exact(type);
            case DataType.TextType ignored -> exact(type);
            case DataType.DateType ignored -> exact(type);
            case DataType.TimeType ignored -> exact(type);
            case DataType.TimestampType ignored -> exact(type);
            case DataType.JsonType ignored -> exact(type);
            case DataType.ArrayType ignored -> exact(type);
            case DataType.ObjectType ignored -> exact(type);
            case DataType.UnknownType ignored -> exact(type);
        };
    }

    /** Numbers that numeric(38,9) cannot hold get a column without limits, which Airbyte offers as an option. */
    private static ColumnType airbyteNumber(DecimalType type) {
        boolean fits = !type.isUnconstrained()
                && type.precision() - type.scale() <= AIRBYTE_WHOLE_DIGITS
                && type.scale() <= AIRBYTE_SCALE;
        return ColumnType.exact(fits ? "numeric(38,9)" : "numeric");
    }
}
