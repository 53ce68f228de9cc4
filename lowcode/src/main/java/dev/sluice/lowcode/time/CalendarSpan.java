package dev.sluice.lowcode.time;

import dev.sluice.lowcode.value.Moment;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * A span of ISO 8601: months, which have no fixed length, and a fixed rest.
 *
 * @param months the months, years included
 * @param rest the days, hours and seconds
 */
public record CalendarSpan(long months, Duration rest) {
    /** No time at all. */
    public static final CalendarSpan ZERO = new CalendarSpan(0, Duration.ZERO);

    /** True if it is no time at all. */
    public boolean isZero() {
        return months == 0 && rest.isZero();
    }

    /** The moment so much later; a day that the month does not have becomes its last one. */
    public Moment after(Moment moment) {
        LocalDateTime local = moment.local().plusMonths(months).plus(rest);
        return new Moment(local, moment.offset());
    }

    /** The moment so much earlier. */
    public Moment before(Moment moment) {
        return new Moment(moment.local().minusMonths(months).minus(rest), moment.offset());
    }

    @Override
    public String toString() {
        return months == 0
                ? rest.toString()
                : "P" + months + "M" + rest.toString().substring(1);
    }
}
