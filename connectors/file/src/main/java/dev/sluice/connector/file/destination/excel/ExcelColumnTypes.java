package dev.sluice.connector.file.destination.excel;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.Optional;

/**
 * How workbooks hold values. Each cell is a number, a moment, a truth value or a text, whatever the cells above it are; what
 * a number or a moment would alter is a text.
 */
enum ExcelColumnTypes implements FormatTypes {
    INSTANCE;

    static final String NUMBER = "number";
    static final String DATE = "date";
    static final String TIME = "time";
    static final String DATE_TIME = "date and time";
    static final String TEXT = "text";

    private static final String BASE64 = "text (base64)";

    /** So many digits are safe in the numbers of Excel. */
    static final int MOST_DIGITS = 15;

    @Override
    public ColumnType of(DataType type) {
        return switch (type) {
            case DataType.BoolType _ -> ColumnType.exact("boolean");
            case DataType.IntType(int bits) -> bits == 64 ? number("integers of more than 15 digits") : exactNumber();
            case DecimalType decimal -> decimal(decimal);
            case DataType.FloatType _ -> number("NaN, the infinities and what is beyond the numbers of Excel");
            case DataType.BinaryType _ -> text(BASE64);
            case DataType.UuidType _ -> ColumnType.exact(TEXT);
            case DataType.DateType _ -> ColumnType.widened(DATE, "days before 1900-03-01 and after 9999 are texts");
            case DataType.TimeType(int _, boolean zoned) ->
                zoned
                        ? ColumnType.exact(TEXT)
                        : ColumnType.widened(TIME, "times finer than a microsecond and 24:00 are texts");
            case DataType.TimestampType(int _, boolean zoned) ->
                zoned
                        ? ColumnType.exact(TEXT)
                        : ColumnType.widened(
                                DATE_TIME,
                                "moments before 1900-03-01 or after 9999 are texts, and those that need finer parts of"
                                        + " a second than Excel tells apart");
            case DataType.TextType _, DataType.UnknownType _ -> text(TEXT);
            case DataType.JsonType _, DataType.ArrayType _, DataType.ObjectType _ -> text("text (JSON)");
        };
    }

    private static ColumnType exactNumber() {
        return ColumnType.exact(NUMBER);
    }

    private static ColumnType number(String which) {
        return ColumnType.widened(NUMBER, which + " are texts");
    }

    private static ColumnType decimal(DecimalType type) {
        boolean few = !type.isUnconstrained() && type.precision() <= MOST_DIGITS && type.scale() >= 0;
        return few ? number("NaN and the infinities") : number("decimals of more than 15 digits");
    }

    private static ColumnType text(String words) {
        return new ColumnType(
                words, Fit.LOSSY, "a cell holds 32767 characters; longer values become null, which the metadata says");
    }

    @Override
    public Optional<String> joined(String known, DataType type) {
        String wanted = of(type).sql();
        return known.equals(BASE64) == wanted.equals(BASE64) ? Optional.of(wanted) : Optional.empty();
    }
}
