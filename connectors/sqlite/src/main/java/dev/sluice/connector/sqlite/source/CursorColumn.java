package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.sql.Condition;
import dev.sluice.spi.type.DataType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The column that is the cursor. SQLite orders numbers before texts and texts by their characters, so the values of one
 * column have an order of their own only if they are of one kind.
 *
 * @param name its name
 * @param type its type
 * @param milliseconds true if whole numbers count milliseconds where they are times
 */
record CursorColumn(String name, DataType type, boolean milliseconds) {
    /** No local clock on Earth is further ahead of UTC. */
    private static final Duration FURTHEST_AHEAD = Duration.ofHours(14);

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final double EPOCH_JULIAN = 2_440_587.5;
    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final String USUAL_DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*";

    /** True if values of the type have an order by which one tells what is new. */
    static boolean canBe(DataType type) {
        return switch (type) {
            case DataType.IntType ignored -> true;
            case DataType.DecimalType ignored -> true;
            case DataType.FloatType ignored -> true;
            case DataType.TextType ignored -> true;
            default -> isTime(type);
        };
    }

    private static boolean isTime(DataType type) {
        return type instanceof DataType.DateType || type instanceof DataType.TimestampType;
    }

    String column() {
        return Relation.column(name);
    }

    /** The expression by which rows are ordered. Times as texts may have a T or a blank, a Z or none. */
    String order() {
        String texts = "rtrim(replace(" + column() + ", 'T', ' '), 'Z')";
        return isTime(type)
                ? "CASE typeof(" + column() + ") WHEN 'text' THEN " + texts + " ELSE " + column() + " END"
                : column();
    }

    /**
     * The condition of the rows that have no place in the order of the others.
     *
     * @param kind how SQLite stores the greatest value
     */
    String misplaced(String kind) {
        boolean number = kind.equals("integer") || kind.equals("real");
        boolean wantsText = type instanceof DataType.TextType;
        String kinds = number && !isTime(type) ? "('integer', 'real')" : "('" + kind + "')";
        String other = column() + " IS NOT NULL AND ";
        if ((number && wantsText) || (!number && !wantsText && !isTime(type)) || kind.equals("blob")) {
            return other + "TRUE";
        }
        String unlike = "typeof(" + column() + ") NOT IN " + kinds;
        boolean textTime = isTime(type) && !number;
        return textTime
                ? other + "(" + unlike + " OR " + column() + " NOT GLOB '" + USUAL_DATE + "' OR " + column()
                        + " GLOB '*:*[+-]*')"
                : other + unlike;
    }

    /** The rows at whose value a read may end. A value in the future would hide all that come later with a smaller one. */
    Condition ending(Clock clock, String kind) {
        if (!isTime(type)) {
            return type instanceof DataType.FloatType
                    ? Condition.of("abs(" + column() + ") < 9e999")
                    : Condition.ALWAYS;
        }
        boolean zoned = type instanceof DataType.TimestampType timestamp && timestamp.zoned();
        Instant latest = clock.instant().plus(zoned ? Duration.ZERO : FURTHEST_AHEAD);
        Object bound = switch (kind) {
            case "integer" -> milliseconds ? latest.toEpochMilli() : latest.getEpochSecond();
            case "real" -> latest.toEpochMilli() / MILLIS_PER_DAY + EPOCH_JULIAN;
            default -> MOMENT.format(LocalDateTime.ofInstant(latest, ZoneOffset.UTC));
        };
        return Condition.of(order() + " <= ?", bound);
    }

    /** The rows from a value on. */
    Condition from(String stored) {
        return Condition.of(order() + " >= ?", Stored.value(stored));
    }

    /** The rows that a read after a position has to look at. */
    Condition after(CursorPosition position) {
        Condition valued = position.value() == null ? Condition.of(column() + " IS NOT NULL") : from(position.value());
        return position.withoutValue() == null ? valued : valued.or(Condition.of(column() + " IS NULL"));
    }
}
