package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.sql.ChecksumSql;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.type.DataType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How DuckDB writes the values of a relation for checksums. It does not say what the bits of a floating point number are,
 * and keeps JSON as it was given, so neither is among them.
 *
 * @param relation the relation
 */
record DuckChecksums(Relation relation) implements ChecksumSql {
    private static final int MICROS = 6;
    private static final int SECONDS = "2024-02-29 23:59:59".length();
    private static final int TIME_OF_DAY = "23:59:59".length();

    @Override
    public Optional<Written> written(ChecksumRead.Column wanted) {
        String column = DuckDbSql.identifier(wanted.name());
        return relation.schema().fields().stream()
                .filter(field -> field.name().equals(wanted.name()))
                .findFirst()
                .flatMap(field -> Optional.ofNullable(text(field.type(), column, wanted)))
                .map(text -> new Written(column, text));
    }

    private static @Nullable String text(DataType type, String column, ChecksumRead.Column wanted) {
        return switch (type) {
            case DataType.BoolType ignored
            when wanted.form() == ChecksumForm.TRUTH || wanted.form() == ChecksumForm.NUMBER ->
                "CASE WHEN " + column + " THEN '1' ELSE '0' END";
            case DataType.IntType ignored when wanted.form() == ChecksumForm.NUMBER -> column + "::VARCHAR";
            case DataType.DecimalType decimal when wanted.form() == ChecksumForm.NUMBER -> number(column, decimal);
            case DataType.TextType ignored when wanted.form() == ChecksumForm.TEXT -> column + "::VARCHAR";
            case DataType.BinaryType ignored when wanted.form() == ChecksumForm.HEX -> "lower(hex(" + column + "))";
            case DataType.UuidType ignored when wanted.form() == ChecksumForm.UUID -> column + "::VARCHAR";
            case DataType.DateType ignored
            when wanted.form() == ChecksumForm.DATE -> usual(column, column, "strftime(" + column + ", '%Y-%m-%d')");
            case DataType.TimeType time
            when wanted.form() == ChecksumForm.TIME && !time.zoned() && time.precision() <= MICROS ->
                cut(allDigits(column + "::VARCHAR"), TIME_OF_DAY, wanted.fraction());
            case DataType.TimestampType moment
            when wanted.form() == ChecksumForm.MOMENT && moment.precision() <= MICROS -> {
                // By the count of microseconds, so that no extension for time zones is needed. Seconds and milliseconds
                // that are infinite fit no count of microseconds.
                String local = moment.zoned()
                        ? "make_timestamp(epoch_us(" + column + "))"
                        : "TRY_CAST(" + column + " AS TIMESTAMP)";
                String text = "strftime(" + local + ", '%Y-%m-%d %H:%M:%S.%f')";
                yield usual(column, local, cut(text, SECONDS, wanted.fraction()));
            }
            default -> null;
        };
    }

    /** Without needless zeros; where all digits are behind the point, DuckDB leaves out the zero in front of it. */
    private static String number(String column, DataType.DecimalType type) {
        String digits = column + "::VARCHAR";
        if (type.scale() == 0) {
            return digits;
        }
        String whole = type.scale() < type.precision()
                ? digits
                : "CASE WHEN " + column + " < 0 THEN '-0' ELSE '0' END || ltrim(" + digits + ", '-')";
        return "rtrim(rtrim(" + whole + ", '0'), '.')";
    }

    /** A time of day whose fraction has as many digits as it needs, with all. */
    private static String allDigits(String text) {
        return "left(" + text + " || CASE WHEN " + text + " LIKE '%.%' THEN '' ELSE '.' END || '000000', "
                + (TIME_OF_DAY + 1 + MICROS) + ")";
    }

    /** What is beyond four digits of a year, or infinite, is left in DuckDB's own text. */
    private static String usual(String column, String local, String text) {
        return "CASE WHEN isfinite(" + local + ") AND year(" + local + ") BETWEEN 1 AND 9999 THEN " + text + " ELSE "
                + column + "::VARCHAR END";
    }

    private static String cut(String text, int whole, int fraction) {
        return fraction >= MICROS ? text : "left(" + text + ", " + (fraction == 0 ? whole : whole + 1 + fraction) + ")";
    }

    @Override
    public String length(String text) {
        return "length(" + text + ")";
    }

    @Override
    public String number(String digits) {
        return "('0x' || " + digits + ")::UBIGINT";
    }
}
