package dev.sluice.lowcode.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way to read times gives what the thorough one gives, or nothing. */
class IsoTest {
    private static final String SEED = "2024-02-29T23:59:59.123456+05:30";

    private static void requireSame(String text, boolean zoned) {
        OptionalLong quick = Iso.micros(text, zoned);
        if (quick.isEmpty()) {
            return;
        }
        Moment moment = Iso.moment(text);
        Instant instant = zoned ? moment.instant() : moment.local().toInstant(ZoneOffset.UTC);
        assertThat(quick.getAsLong()).as(text).isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-03-05T06:07:08Z",
                "2024-03-05 06:07:08",
                "1969-12-31T23:59:59.999999Z",
                "2024-02-29T00:00:00.1+0200",
                "2024-03-05T06:07:08.1234567-01:30",
                "0001-01-01T00:00:00z",
            })
    void usualShapesAreReadQuickly(String text) {
        assertThat(Iso.micros(text, true)).isPresent();
        requireSame(text, true);
        requireSame(text, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-03-05",
                "20240305T060708Z",
                "2024-03-05T24:00:00Z",
                "2023-02-29T00:00:00Z",
                "2024-03-05T06:07:60Z",
                "2024-03-05T06:07:08+19:00",
                "2024-03-05T06:07:08.Z",
                "2024-03-05T06:07:08 UTC",
                "2024-13-05T06:07:08Z",
                "２０２４-03-05T06:07:08Z",
            })
    void othersAreLeftToTheThoroughWay(String text) {
        assertThat(Iso.micros(text, true)).isEmpty();
    }

    @Test
    void noDamagedTextIsReadOtherwise() {
        Random random = new Random(7);
        String letters = "0123456789-+:.TZz ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(SEED.substring(0, 19 + random.nextInt(SEED.length() - 18)));
            for (int k = random.nextInt(3); k >= 0; k--) {
                text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            }
            try {
                requireSame(text.toString(), random.nextBoolean());
            } catch (Fault none) {
                throw new AssertionError("the thorough way refuses " + text, none);
            }
        }
    }
}
