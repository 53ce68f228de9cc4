package dev.sluice.cdk.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class TimeParserTest {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private final TimeParser parser = new TimeParser();

    @Property
    void readsEveryDateOfTheCalendar(@ForAll @IntRange(min = -365_000_000, max = 365_000_000) int days) {
        String iso = LocalDate.ofEpochDay(days).format(DateTimeFormatter.ISO_LOCAL_DATE);
        assertThat(date(iso)).isTrue();
        assertThat(parser.value()).isEqualTo(days);
    }

    @Property(tries = 3000)
    void knowsWhichDaysExist(
            @ForAll @IntRange(min = 1, max = 9999) int year,
            @ForAll @IntRange(max = 14) int month,
            @ForAll @IntRange(max = 33) int day) {
        String text = "%04d-%02d-%02d".formatted(year, month, day);
        boolean exists;
        try {
            LocalDate expected = LocalDate.of(year, month, day);
            exists = true;
            assertThat(date(text)).isTrue();
            assertThat(parser.value()).isEqualTo(expected.toEpochDay());
        } catch (DateTimeException noSuchDay) {
            exists = false;
        }
        assertThat(date(text)).isEqualTo(exists);
    }

    @Test
    void readsTheFormsOfPostgres() {
        assertThat(date("0044-03-15 BC")).isTrue();
        assertThat(parser.value()).isEqualTo(LocalDate.of(-43, 3, 15).toEpochDay());
        assertThat(date("12026-01-01")).isTrue();
        assertThat(parser.value()).isEqualTo(LocalDate.of(12026, 1, 1).toEpochDay());
        assertThat(date("infinity")).isTrue();
        assertThat(parser.value()).isEqualTo(Integer.MAX_VALUE);
        assertThat(date("-infinity")).isTrue();
        assertThat(parser.value()).isEqualTo(Integer.MIN_VALUE);
        assertThat(timestamp("2025-04-22 21:39:26.22127+00", 6, true)).isTrue();
        assertThat(parser.value()).isEqualTo(micros(OffsetDateTime.parse("2025-04-22T21:39:26.221270Z")));
        assertThat(timestamp("0044-03-15 12:00:00+05:45 BC", 6, true)).isTrue();
        assertThat(parser.value()).isEqualTo(micros(OffsetDateTime.parse("-0043-03-15T12:00:00+05:45")));
        assertThat(timestamp("infinity", 6, false)).isTrue();
        assertThat(parser.value()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesWhatIsNoDate() {
        for (String text : List.of(
                "",
                "2026",
                "2026-1-1",
                "2026-13-01",
                "2026-02-29",
                "2026/01/01",
                "20260101",
                "0000-00-00",
                "2026-01-01 ",
                " 2026-01-01",
                "02026-01-01",
                "-0000-01-01",
                "-0043-03-15 BC",
                "0000-01-01 BC",
                "2026-01-01T",
                "99999999-01-01",
                "infinity ",
                "Infinity",
                "y",
                "026-01-01",
                "2026-01-0a",
                "----------")) {
            assertThat(date(text)).as(text).isFalse();
        }
    }

    @Property
    void readsEveryTimeOfDay(@ForAll @LongRange(min = 0, max = NANOS_PER_DAY - 1) long nanos) {
        assertThat(time(LocalTime.ofNanoOfDay(nanos).toString(), 9)).isTrue();
        assertThat(parser.value()).isEqualTo(nanos);
    }

    @Test
    void keepsFractionsWithinThePrecision() {
        assertThat(time("12:00:00.123456", 6)).isTrue();
        assertThat(time("12:00:00.1234560", 6)).isTrue();
        assertThat(time("12:00:00.1234567", 6)).isFalse();
        assertThat(time("12:00:00.1234567890", 9)).isTrue();
        assertThat(time("12:00:00.12345678901", 9)).isFalse();
        assertThat(time("12:00:00.1", 0)).isFalse();
        assertThat(time("12:00:00.", 6)).isFalse();
    }

    @Test
    void takesTheEndOfTheDayAndNothingBeyond() {
        assertThat(time("24:00:00", 6)).isTrue();
        assertThat(parser.value()).isEqualTo(NANOS_PER_DAY);
        assertThat(timestamp("2026-12-31T24:00:00", 6, false)).isTrue();
        assertThat(parser.value()).isEqualTo(micros(OffsetDateTime.parse("2027-01-01T00:00:00Z")));
        for (String text :
                List.of("24:00:01", "25:00:00", "12:60:00", "12:00:60", "1:00:00", "12:00:0", "12", "1200")) {
            assertThat(time(text, 9)).as(text).isFalse();
        }
    }

    @Property(tries = 2000)
    void readsEveryPointInTimeInEveryZone(@ForAll("moments") OffsetDateTime moment) {
        String iso = moment.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        assertThat(timestamp(iso, 9, true)).as(iso).isTrue();
        assertThat(parser.value()).isEqualTo(micros(moment));
        assertThat(parser.low()).isEqualTo(moment.getNano() % 1000);
        assertThat(timestamp(iso.replace('T', ' '), 9, true)).isTrue();
        assertThat(timestamp(iso, 9, false)).isFalse();
        String local = moment.toLocalDateTime().format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        assertThat(timestamp(local, 9, true)).isFalse();
        assertThat(timestamp(local, 9, false)).isTrue();
        assertThat(parser.value()).isEqualTo(micros(moment.toLocalDateTime().atOffset(ZoneOffset.UTC)));
    }

    @Test
    void readsOffsetsInAllTheirForms() {
        long expected = micros(OffsetDateTime.parse("2026-01-01T00:00:00+05:30"));
        for (String offset : List.of("+05:30", "+0530", "+05:30:00")) {
            assertThat(timestamp("2026-01-01 00:00" + offset, 6, true))
                    .as(offset)
                    .isTrue();
            assertThat(parser.value()).isEqualTo(expected);
        }
        assertThat(timestamp("2026-01-01 00:00-08", 6, true)).isTrue();
        assertThat(timestamp("2026-01-01 00:00:00 +05:30", 6, true)).isFalse();
        assertThat(timestamp("2026-01-01 00:00:00+19", 6, true)).isFalse();
        assertThat(timestamp("2026-01-01 00:00:00+5", 6, true)).isFalse();
        assertThat(timestamp("2026-01-01 00:00:00 UTC", 6, true)).isFalse();
    }

    @Test
    void refusesWhatSixtyFourBitsOfMicrosecondsCannotHold() {
        assertThat(timestamp("294247-01-10T04:00:54.775806", 6, false)).isTrue();
        assertThat(parser.value()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(timestamp("294247-01-10T04:00:54.775807", 6, false)).isFalse();
        assertThat(timestamp("294247-01-10T04:00:54.775808", 6, false)).isFalse();
        assertThat(timestamp("-290308-12-21T19:59:05.224193", 6, false)).isTrue();
        assertThat(parser.value()).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(timestamp("-290308-12-21T19:59:05.224192", 6, false)).isFalse();
        assertThat(timestamp("-290308-12-21T19:59:05.224191", 6, false)).isFalse();
        assertThat(timestamp("9999999-01-01T00:00:00", 6, false)).isFalse();
    }

    @Property
    void readsZonedTimes(
            @ForAll @LongRange(min = 0, max = NANOS_PER_DAY) long nanos,
            @ForAll @IntRange(min = -64_800, max = 64_800) int offset) {
        ByteSink out = new ByteSink(8);
        TimeText.appendZonedTime(out, nanos, offset);
        assertThat(parser.zonedTime(out.bytes(), 0, out.size(), 9)).isTrue();
        assertThat(parser.value()).isEqualTo(nanos);
        assertThat(parser.low()).isEqualTo(offset);
    }

    @Property(tries = 3000)
    void neverFailsOnAnyText(@ForAll("almostTimestamps") String text, @ForAll @StringLength(max = 30) String any) {
        for (String each : List.of(text, any)) {
            byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
            parser.date(bytes, 0, bytes.length);
            parser.time(bytes, 0, bytes.length, 6);
            parser.zonedTime(bytes, 0, bytes.length, 6);
            if (parser.timestamp(bytes, 0, bytes.length, 9, false) && each.length() == 19) {
                LocalDateTime expected =
                        LocalDateTime.parse(each.replace(' ', 'T').replace("T24:00:00", "T00:00:00"));
                long days = each.endsWith("24:00:00") ? 1 : 0;
                assertThat(parser.value())
                        .isEqualTo(micros(expected.plusDays(days).atOffset(ZoneOffset.UTC)));
            }
        }
    }

    @Provide
    Arbitrary<OffsetDateTime> moments() {
        return Combinators.combine(
                        Arbitraries.longs().between(-9_000_000_000_000L, 9_000_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.integers().between(-64_800, 64_800))
                .as((seconds, nanos, offset) -> LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC)
                        .atOffset(ZoneOffset.ofTotalSeconds(offset)));
    }

    @Provide
    Arbitrary<String> almostTimestamps() {
        return Combinators.combine(
                        Arbitraries.of("2024-02-29 23:59:59", "1999-12-31T24:00:00", "0001-01-01 00:00:00"),
                        Arbitraries.integers().between(0, 18),
                        Arbitraries.of('0', '9', '-', ':', '.', 'x', ' '))
                .as((text, at, with) -> text.substring(0, at) + with + text.substring(at + 1));
    }

    private boolean date(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parser.date(bytes, 0, bytes.length);
    }

    private boolean time(String text, int precision) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parser.time(bytes, 0, bytes.length, precision);
    }

    private boolean timestamp(String text, int precision, boolean zoned) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parser.timestamp(bytes, 0, bytes.length, precision, zoned);
    }

    private static long micros(OffsetDateTime moment) {
        return moment.toEpochSecond() * 1_000_000 + moment.getNano() / 1000;
    }
}
