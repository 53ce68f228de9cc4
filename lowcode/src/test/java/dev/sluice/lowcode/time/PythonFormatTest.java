package dev.sluice.lowcode.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.Vectors;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as texts: Python's formats held against Python, those that manifests add, and ISO 8601. */
class PythonFormatTest {
    private static String text(Map<Object, Object> vector, String field) {
        return Values.str(Values.member(vector, field));
    }

    @Test
    void formatsAreThoseOfPython() {
        List<String> wrong = new ArrayList<>();
        for (Map<Object, Object> vector : Vectors.of(getClass(), "formats.jsonl")) {
            String actual;
            if (vector.containsKey("print")) {
                OffsetDateTime at = OffsetDateTime.parse(text(vector, "print"));
                actual = PythonFormat.print(new Moment(at.toLocalDateTime(), at.getOffset()), text(vector, "format"));
            } else {
                actual = parsed(text(vector, "parse"), text(vector, "format"));
            }
            Object expected = Values.member(vector, "expect");
            if (!actual.equals(expected instanceof None ? "none" : expected)) {
                wrong.add(vector + " but was " + actual);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String parsed(String text, String format) {
        try {
            return PythonFormat.parse(text, format).aware().text('T');
        } catch (Fault none) {
            return "none";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1609459200|%s|2021-01-01 00:00:00+00:00|1609459200",
                "1609459200500|%ms|2021-01-01 00:00:00.500000+00:00|1609459200500",
                "1609459200.5|%s_as_float|2021-01-01 00:00:00.500000+00:00|1609459200.5",
                "1609459200000001|%epoch_microseconds|2021-01-01 00:00:00.000001+00:00|1609459200000001",
                "2021-01-01T00:00:00.5Z|%Y-%m-%dT%H:%M:%S.%_msZ|2021-01-01"
                        + " 00:00:00.500000+00:00|2021-01-01T00:00:00.500Z",
            })
    void formatsOfManifests(String text, String format, String moment, String again) {
        Moment parsed = TimeFormat.parse(text, format);
        assertThat(parsed).hasToString(moment);
        assertThat(TimeFormat.print(parsed, format)).isEqualTo(again);
    }

    @Test
    void secondsWithAFractionAreNoSeconds() {
        assertThatThrownBy(() -> TimeFormat.parse("1609459200.5", "%s")).isInstanceOf(Fault.class);
        assertThat(TimeFormat.parse(1609459200.9, "%s")).isEqualTo(TimeFormat.parse("1609459200", "%s"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2021|2021-01-01 00:00:00+00:00",
                "2021-02|2021-02-01 00:00:00+00:00",
                "20210203|2021-02-03 00:00:00+00:00",
                "2021-02-03T04|2021-02-03 04:00:00+00:00",
                "2021-02-03 04:05:06.1234567|2021-02-03 04:05:06.123456+00:00",
                "2021-02-03T04:05:06+0230|2021-02-03 04:05:06+02:30",
                "2021-W05-3|2021-02-03 00:00:00+00:00",
                "2021-034|2021-02-03 00:00:00+00:00",
                "2021-02-03T24:00|2021-02-04 00:00:00+00:00",
            })
    void momentsOfIso(String text, String moment) {
        assertThat(Iso.moment(text)).hasToString(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1609459200", "2021-02-30", "2021-2-3", "yesterday", "2021-02-03T25:00"})
    void whatIsNoMoment(String text) {
        assertThatThrownBy(() -> Iso.moment(text)).isInstanceOf(Fault.class);
    }

    @ParameterizedTest
    @CsvSource({"P1D,PT24H", "PT,PT0S", "P1W,PT168H", "PT0.5S,PT0.5S", "-P1D,PT-24H", "P1M,P1MT0S", "P1Y2M,P14MT0S"})
    void spansOfIso(String text, String span) {
        assertThat(Iso.span(text)).hasToString(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "1D", "P1D ", "", "PT1D", "P0.5M"})
    void whatIsNoSpan(String text) {
        assertThatThrownBy(() -> Iso.span(text)).isInstanceOf(Fault.class);
    }

    @Test
    void aMonthEndsWithItsLastDay() {
        Moment january = Iso.moment("2021-01-31");
        assertThat(Iso.span("P1M").after(january)).hasToString("2021-02-28 00:00:00+00:00");
    }
}
