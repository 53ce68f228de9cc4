package dev.sluice.connector.sqlite.destination;

import dev.sluice.connector.sqlite.session.FileSession;
import dev.sluice.connector.sqlite.session.TypeName;
import java.math.BigDecimal;
import org.sqlite.Collation;

/** How texts that stand for numbers and times are compared as what they mean. */
final class Orders {
    private static final String NUMBERS = "sluice_numbers";
    private static final String TIMES = "sluice_times";

    private Orders() {}

    static void addTo(FileSession session) {
        session.addCollation(NUMBERS, new Collation() {
            @Override
            protected int xCompare(String one, String other) {
                return compareNumbers(one, other);
            }
        });
        session.addCollation(TIMES, new Collation() {
            @Override
            protected int xCompare(String one, String other) {
                return compareTimes(one, other);
            }
        });
    }

    /** What follows an expression of a column type so that it is compared as it means; may be empty. */
    static String clause(String columnType) {
        TypeName type = TypeName.parse(columnType);
        return switch (type.name()) {
            case ColumnTypes.EXACT_NUMBER -> " COLLATE " + NUMBERS;
            case ColumnTypes.DATE, ColumnTypes.TIMESTAMP, ColumnTypes.MOMENT -> " COLLATE " + TIMES;
            default -> "";
        };
    }

    /** Whole numbers and fractions, with NaN above the infinities as in PostgreSQL. */
    static int compareNumbers(String one, String other) {
        int rank = Integer.compare(rank(one), rank(other));
        if (rank != 0 || rank(one) != 0) {
            return rank;
        }
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other));
        } catch (NumberFormatException somebodyElsesText) {
            return one.compareTo(other);
        }
    }

    private static int rank(String number) {
        return switch (number) {
            case "-Infinity" -> -1;
            case "Infinity" -> 1;
            case "NaN" -> 2;
            default -> 0;
        };
    }

    /** Dates and times in ISO 8601, years of any length included. */
    static int compareTimes(String one, String other) {
        int year = Long.compare(year(one), year(other));
        return year != 0 ? year : rest(one).compareTo(rest(other));
    }

    private static long year(String time) {
        int end = time.indexOf('-', 1);
        if (time.endsWith("infinity")) {
            return time.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        try {
            return end < 0 ? 0 : Long.parseLong(time.substring(0, end));
        } catch (NumberFormatException somebodyElsesText) {
            return 0;
        }
    }

    /** Without its Z a text with fewer digits is the beginning of those with more, and so comes first. */
    private static String rest(String time) {
        String rest = time.substring(Math.max(0, time.indexOf('-', 1)));
        return rest.endsWith("Z") ? rest.substring(0, rest.length() - 1) : rest;
    }
}
