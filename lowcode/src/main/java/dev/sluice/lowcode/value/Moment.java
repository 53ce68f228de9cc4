package dev.sluice.lowcode.value;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A date and time of Python, to the microsecond.
 *
 * @param local what a clock on the wall shows
 * @param offset the offset of that clock; null if nobody knows it
 */
public record Moment(LocalDateTime local, @Nullable ZoneOffset offset) implements Comparable<Moment> {
    public Moment {
        local = local.truncatedTo(ChronoUnit.MICROS);
    }

    /** A moment in UTC. */
    public static Moment utc(Instant instant) {
        return new Moment(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), ZoneOffset.UTC);
    }

    /** The point in time; in UTC if nobody knows the offset. */
    public Instant instant() {
        return local.toInstant(offset == null ? ZoneOffset.UTC : offset);
    }

    /** The same point in time as a clock in UTC shows it. */
    public Moment inUtc() {
        return utc(instant());
    }

    /** The same moment; in UTC if nobody knew the offset. */
    public Moment aware() {
        return offset == null ? new Moment(local, ZoneOffset.UTC) : this;
    }

    /** The moment so much later. */
    public Moment plus(Duration span) {
        return new Moment(local.plus(span), offset);
    }

    /** The seconds since 1970, with a fraction. */
    public double seconds() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant()) / 1_000_000d;
    }

    /** The microseconds within the second. */
    public int micros() {
        return local.get(ChronoField.MICRO_OF_SECOND);
    }

    boolean isSame(Moment other) {
        return (offset == null) == (other.offset == null) && instant().equals(other.instant());
    }

    @Override
    public int compareTo(Moment other) {
        if ((offset == null) != (other.offset == null)) {
            throw Fault.type("no order between a moment with and one without an offset");
        }
        return instant().compareTo(other.instant());
    }

    /** As Python prints it: {@code 2021-01-14 00:00:00+00:00}. */
    @Override
    public String toString() {
        return text(' ');
    }

    /** The text in ISO 8601 with a character of one's choice between date and time. */
    public String text(char between) {
        int micros = micros();
        String fraction = micros == 0 ? "" : String.format(".%06d", micros);
        return String.format(
                        "%04d-%02d-%02d%c%02d:%02d:%02d",
                        local.getYear(),
                        local.getMonthValue(),
                        local.getDayOfMonth(),
                        between,
                        local.getHour(),
                        local.getMinute(),
                        local.getSecond())
                + fraction
                + (offset == null ? "" : offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId());
    }
}
