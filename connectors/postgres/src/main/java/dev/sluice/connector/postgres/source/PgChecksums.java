package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.ChecksumSql;
import dev.sluice.connector.postgres.copy.CopyFormat;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.type.DataType;
import java.util.Optional;

/**
 * How PostgreSQL writes the values of a relation for checksums.
 *
 * @param relation the relation
 */
record PgChecksums(Relation relation) implements ChecksumSql {
    /** trim_scale() came with it. */
    private static final int FIRST_VERSION = 130_000;

    private static final int SECONDS = "2024-02-29 23:59:59".length();

    private static final int TIME_OF_DAY = "23:59:59".length();

    /** True if a server has the functions, and its md5() is that of UTF-8. */
    static boolean areKnown(PgSession session) {
        return session.serverVersion() >= FIRST_VERSION
                && session.query("SHOW server_encoding")
                        .getFirst()
                        .requireText(0)
                        .equals("UTF8");
    }

    @Override
    public Optional<Written> written(ChecksumRead.Column wanted) {
        return relation.columns().stream()
                .filter(column -> column.name().equals(wanted.name()))
                .findFirst()
                .flatMap(column -> text(column, wanted).map(text -> new Written(column.expression("t"), text)));
    }

    private static Optional<String> text(Relation.Column column, ChecksumRead.Column wanted) {
        String value = column.expression("t");
        return Optional.ofNullable(
                switch (column.reading().type()) {
                    case DataType.BoolType ignored
                    when isWhole(wanted) -> "CASE WHEN " + value + " THEN '1' ELSE '0' END";
                    case DataType.IntType ignored when wanted.form() == ChecksumForm.NUMBER -> "(" + value + ")::text";
                    case DataType.DecimalType ignored
                    when wanted.form() == ChecksumForm.NUMBER -> "trim_scale(" + value + ")::text";
                    case DataType.FloatType ignored
                    when wanted.form() == ChecksumForm.DOUBLE ->
                        "encode(float8send((" + value + ")::float8 + 0), 'hex')";
                    case DataType.FloatType ignored
                    when wanted.form() == ChecksumForm.SINGLE ->
                        "encode(float4send((" + value + ")::float4 + 0::float4), 'hex')";
                    // A cast would take the blanks at the end of character(n) away, which reading does not.
                    case DataType.TextType ignored
                    when wanted.form() == ChecksumForm.TEXT -> "concat('', " + value + ")";
                    case DataType.UnknownType ignored
                    when wanted.form() == ChecksumForm.TEXT -> "concat('', " + value + ")";
                    case DataType.JsonType ignored
                    when wanted.form() == ChecksumForm.JSON && column.reading().format() == CopyFormat.JSONB ->
                        value + "::text";
                    case DataType.BinaryType ignored
                    when wanted.form() == ChecksumForm.HEX -> "encode(" + value + ", 'hex')";
                    case DataType.UuidType ignored when wanted.form() == ChecksumForm.UUID -> value + "::text";
                    case DataType.DateType ignored
                    when wanted.form() == ChecksumForm.DATE ->
                        usual(value, "date", "to_char(" + value + ", 'YYYY-MM-DD')");
                    case DataType.TimeType time
                    when wanted.form() == ChecksumForm.TIME && !time.zoned() ->
                        cut("to_char(" + value + ", 'HH24:MI:SS.US')", TIME_OF_DAY, wanted.fraction());
                    case DataType.TimestampType moment
                    when wanted.form() == ChecksumForm.MOMENT -> {
                        String local = moment.zoned() ? "(" + value + " AT TIME ZONE 'UTC')" : value;
                        String text = "to_char(" + local + ", 'YYYY-MM-DD HH24:MI:SS.US')";
                        yield usual(local, "timestamp", cut(text, SECONDS, wanted.fraction()));
                    }
                    default -> null;
                });
    }

    private static boolean isWhole(ChecksumRead.Column wanted) {
        return wanted.form() == ChecksumForm.TRUTH || wanted.form() == ChecksumForm.NUMBER;
    }

    /** to_char() says nothing of eras and of infinity, so for them the server's own text is taken. */
    private static String usual(String value, String type, String text) {
        return "CASE WHEN " + value + " >= '0001-01-01'::" + type + " AND " + value + " < '10000-01-01'::" + type
                + " THEN " + text + " ELSE " + value + "::text END";
    }

    private static String cut(String text, int whole, int fraction) {
        return fraction >= 6 ? text : "left(" + text + ", " + (fraction == 0 ? whole : whole + 1 + fraction) + ")";
    }

    @Override
    public String number(String digits) {
        return "('x' || " + digits + ")::bit(64)::bigint";
    }
}
