package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.sql.ChecksumSql;
import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How MySQL and MariaDB write the values of a relation for checksums. Neither says what the bits of a floating point number
 * are, so those are not among them.
 *
 * @param relation the relation
 */
record MyChecksums(Relation relation) implements ChecksumSql {
    private static final int SECONDS = "2024-02-29 23:59:59".length();
    private static final int TIME_OF_DAY = "23:59:59".length();

    @Override
    public Optional<Written> written(ChecksumRead.Column wanted) {
        return relation.find(wanted.name())
                .flatMap(column ->
                        Optional.ofNullable(text(column, wanted)).map(text -> new Written(column.expression(), text)));
    }

    private static @Nullable String text(Relation.Column column, ChecksumRead.Column wanted) {
        String value = column.expression();
        return switch (column.reading().type()) {
            case DataType.BoolType ignored
            when wanted.form() == ChecksumForm.TRUTH || wanted.form() == ChecksumForm.NUMBER ->
                "IF(" + value + " <> 0, '1', '0')";
            case DataType.IntType ignored when wanted.form() == ChecksumForm.NUMBER -> "CAST(" + value + " AS CHAR)";
            case DataType.DecimalType decimal
            when wanted.form() == ChecksumForm.NUMBER ->
                decimal.scale() == 0
                        ? "CAST(" + value + " AS CHAR)"
                        : "TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM CAST(" + value + " AS CHAR)))";
            case DataType.TextType ignored
            when wanted.form() == ChecksumForm.TEXT -> "CONVERT(" + value + " USING utf8mb4)";
            case DataType.BinaryType ignored when wanted.form() == ChecksumForm.HEX -> "LOWER(HEX(" + value + "))";
            case DataType.UuidType ignored
            when wanted.form() == ChecksumForm.UUID -> "LOWER(CAST(" + value + " AS CHAR))";
            case DataType.DateType ignored
            when wanted.form() == ChecksumForm.DATE -> "DATE_FORMAT(" + value + ", '%Y-%m-%d')";
            case DataType.TimeType ignored
            when wanted.form() == ChecksumForm.TIME ->
                cut("TIME_FORMAT(" + value + ", '%H:%i:%s.%f')", TIME_OF_DAY, wanted.fraction());
            case DataType.TimestampType ignored
            when wanted.form() == ChecksumForm.MOMENT ->
                cut("DATE_FORMAT(" + value + ", '%Y-%m-%d %H:%i:%s.%f')", SECONDS, wanted.fraction());
            default -> null;
        };
    }

    private static String cut(String text, int whole, int fraction) {
        return fraction >= 6 ? text : "LEFT(" + text + ", " + (fraction == 0 ? whole : whole + 1 + fraction) + ")";
    }

    @Override
    public String joined(List<String> texts) {
        return "CONCAT(" + String.join(", ", texts) + ")";
    }

    /** A text that is longer than max_allowed_packet becomes null, and two such rows must not pass for the same. */
    @Override
    public String number(String digits) {
        return "IFNULL(CAST(CONV(" + digits + ", 16, 10) AS UNSIGNED), " + NO_HASH + ")";
    }
}
