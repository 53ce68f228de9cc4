package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.connector.sqlite.session.TypeName;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Layout;
import java.util.Optional;
import java.util.Set;

/**
 * Which declared type holds which values. SQLite takes any name for a type and looks at a few syllables to see what shall
 * become of texts that look like numbers; what must stay a text has TEXT in its name.
 */
final class ColumnTypes {
    static final String TRUTH = "BOOLEAN";
    static final String WHOLE = "INTEGER";
    static final String NUMBER = "DECIMAL";
    static final String EXACT_NUMBER = "DECIMAL_TEXT";
    static final String FLOAT = "FLOAT4";
    static final String DOUBLE = "REAL";
    static final String TEXT = "TEXT";
    static final String BYTES = "BLOB";
    static final String UUID = "UUID";
    static final String DATE = "DATE";
    static final String TIME = "TIME";
    static final String ZONED_TIME = "TIMETZ";
    static final String TIMESTAMP = "TIMESTAMP";
    static final String MOMENT = "TIMESTAMPTZ";
    static final String JSON = "JSON_TEXT";

    /** So many digits survive in a number of 64 bits whatever they are. */
    private static final int EXACT_DIGITS = 15;

    private static final int MICROS = 6;

    /** Whose values are the canonical texts already. */
    private static final Set<String> TEXTS =
            Set.of(TEXT, UUID, DATE, TIME, ZONED_TIME, TIMESTAMP, MOMENT, JSON, EXACT_NUMBER);

    private static final Set<String> NUMBERS = Set.of(WHOLE, NUMBER, DOUBLE, FLOAT, TRUTH);

    private ColumnTypes() {}

    static ColumnType of(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> ColumnType.widened(TRUTH, "held as 0 and 1");
            case DataType.IntType ignored -> ColumnType.exact(WHOLE);
            case DecimalType decimal -> decimal(decimal);
            case DataType.FloatType(int bits) ->
                new ColumnType(bits == 32 ? FLOAT : DOUBLE, Fit.WIDENED, "NaN, which SQLite has not, becomes null");
            case DataType.TextType ignored -> ColumnType.exact(TEXT);
            case DataType.BinaryType ignored -> ColumnType.exact(BYTES);
            case DataType.UuidType ignored -> ColumnType.widened(UUID, "held as text");
            case DataType.DateType ignored -> time(DATE);
            case DataType.TimeType(int precision, boolean zoned) -> time(fine(zoned ? ZONED_TIME : TIME, precision));
            case DataType.TimestampType(int precision, boolean zoned) ->
                time(fine(zoned ? MOMENT : TIMESTAMP, precision));
            case DataType.JsonType ignored -> ColumnType.exact(JSON);
            case DataType.ArrayType ignored -> ColumnType.widened(JSON, "held as JSON");
            case DataType.ObjectType ignored -> ColumnType.widened(JSON, "held as JSON");
            case DataType.UnknownType(String sourceType) ->
                ColumnType.widened(TEXT, "held as the text that the source gives for " + sourceType);
        };
    }

    private static ColumnType time(String sql) {
        return ColumnType.widened(sql, "held as text in ISO 8601");
    }

    private static String fine(String name, int precision) {
        return precision > MICROS ? name + "(" + precision + ")" : name;
    }

    private static ColumnType decimal(DecimalType type) {
        String digits = type.isUnconstrained() || type.scale() < 0 || type.scale() > type.precision()
                ? ""
                : "(" + type.precision() + "," + type.scale() + ")";
        if (type.layout() == Layout.LONG && type.precision() <= EXACT_DIGITS) {
            return new ColumnType(NUMBER + digits, Fit.EXACT, "NaN, which SQLite has not, becomes null");
        }
        return ColumnType.widened(
                EXACT_NUMBER + digits, "held as text, because SQLite's numbers keep " + EXACT_DIGITS + " digits");
    }

    /** True if values come as numbers into a column of the type. */
    static boolean isNumber(TypeName column) {
        return NUMBERS.contains(column.name());
    }

    /** True if every value of a type goes into a column without loss, and is told from others there. */
    static boolean holds(String existing, DataType type) {
        TypeName there = TypeName.parse(existing);
        TypeName wanted = TypeName.parse(of(type).sql());
        if (there.equals(wanted)) {
            return true;
        }
        return switch (there.name()) {
            case TEXT -> !wanted.name().equals(BYTES);
            case NUMBER -> wholeDigits(there) >= wholeDigits(wanted, type) && there.second() >= wanted.second();
            case EXACT_NUMBER ->
                isExact(wanted)
                        && (there.first() < 0
                                || (wholeDigits(there) >= wholeDigits(wanted, type)
                                        && there.second() >= wanted.second()));
            case DOUBLE -> wanted.name().equals(FLOAT);
            case TIME, ZONED_TIME, TIMESTAMP, MOMENT ->
                there.name().equals(wanted.name()) && there.first() >= wanted.first();
            default -> false;
        };
    }

    private static boolean isExact(TypeName type) {
        return type.name().equals(WHOLE)
                || type.name().equals(NUMBER)
                || type.name().equals(EXACT_NUMBER);
    }

    private static int wholeDigits(TypeName type) {
        return type.first() - type.second();
    }

    /** The digits before the point that a value can have; very many if there is no limit or no number. */
    private static int wholeDigits(TypeName wanted, DataType type) {
        if (type instanceof DataType.IntType(int bits)) {
            return bits == 8 ? 3 : bits == 16 ? 5 : bits == 32 ? 10 : 19;
        }
        boolean limited = isExact(wanted) && wanted.first() >= 0;
        return limited ? wholeDigits(wanted) : Integer.MAX_VALUE;
    }

    /** The type that holds what a column holds and the values of a type as well; empty if there is none. */
    static Optional<String> widened(String existing, DataType type) {
        TypeName there = TypeName.parse(existing);
        String sql = of(type).sql();
        TypeName wanted = TypeName.parse(sql);
        if (isExact(there) && isExact(wanted)) {
            return Optional.of(number(there, wanted, type));
        }
        boolean finer = there.name().equals(wanted.name()) && there.first() < wanted.first();
        if (finer || (there.name().equals(FLOAT) && wanted.name().equals(DOUBLE))) {
            return Optional.of(sql);
        }
        boolean becomesText =
                TEXTS.contains(there.name()) || isExact(there) || there.name().equals(TRUTH);
        return becomesText && !wanted.name().equals(BYTES) ? Optional.of(TEXT) : Optional.empty();
    }

    private static String number(TypeName there, TypeName wanted, DataType type) {
        boolean limited = (there.name().equals(WHOLE) || there.first() >= 0)
                && (wanted.name().equals(WHOLE) || wanted.first() >= 0);
        if (!limited) {
            return EXACT_NUMBER;
        }
        int whole = Math.max(there.name().equals(WHOLE) ? 19 : wholeDigits(there), wholeDigits(wanted, type));
        int scale = Math.max(there.second(), wanted.second());
        String digits = "(" + (whole + scale) + "," + scale + ")";
        return (whole + scale <= EXACT_DIGITS ? NUMBER : EXACT_NUMBER) + digits;
    }

    /** The expression that makes the value of a wider column. */
    static String converted(String quotedColumn, String oldType, String newType) {
        TypeName old = TypeName.parse(oldType);
        TypeName fresh = TypeName.parse(newType);
        if (!TEXTS.contains(fresh.name()) || TEXTS.contains(old.name())) {
            return quotedColumn;
        }
        return switch (old.name()) {
            case TRUTH -> "CASE " + quotedColumn + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
            case NUMBER ->
                "CASE WHEN " + quotedColumn + " IS NOT NULL THEN printf('%." + old.second() + "f', " + quotedColumn
                        + ") END";
            default -> "CAST(" + quotedColumn + " AS TEXT)";
        };
    }
}
