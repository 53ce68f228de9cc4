package dev.sluice.testkit.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void plainJavaValuesBecomeCanonicalTexts() {
        UUID uuid = UUID.fromString("0191d0a2-7d1c-7cc3-9a3e-1b2c3d4e5f60");
        assertThat(List.of(
                        Values.canonical(new DataType.BoolType(), true),
                        Values.canonical(new DataType.IntType(8), -128),
                        Values.canonical(new DataType.DecimalType(5, 2), new BigDecimal("1.5")),
                        Values.canonical(new DataType.DecimalType(38, 0), "-99999999999999999999"),
                        Values.canonical(new DataType.FloatType(32), 0.1f),
                        Values.canonical(new DataType.BinaryType(), new byte[] {1, -1}),
                        Values.canonical(new DataType.UuidType(), uuid),
                        Values.canonical(new DataType.DateType(), LocalDate.of(12026, 1, 2)),
                        Values.canonical(new DataType.TimeType(3, false), LocalTime.of(1, 2, 3, 4_000_000)),
                        Values.canonical(new DataType.TimeType(0, true), OffsetTime.parse("01:02:03+05:45")),
                        Values.canonical(
                                new DataType.TimestampType(9, false),
                                LocalDateTime.parse("2024-02-29T01:02:03.000000004")),
                        Values.canonical(new DataType.TimestampType(6, true), Instant.parse("-0001-01-01T00:00:00Z")),
                        Values.canonical(
                                new DataType.TimestampType(6, true),
                                OffsetDateTime.parse("2024-01-01T00:00:00+05:45"))))
                .containsExactly(
                        "true",
                        "-128",
                        "1.50",
                        "-99999999999999999999",
                        "0.1",
                        "01ff",
                        uuid.toString(),
                        "+12026-01-02",
                        "01:02:03.004",
                        "01:02:03+05:45",
                        "2024-02-29T01:02:03.000000004",
                        "-0001-01-01T00:00:00Z",
                        "2023-12-31T18:15:00Z");
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        refuses(new DataType.BoolType(), "yes");
        refuses(new DataType.IntType(8), 128);
        refuses(new DataType.IntType(32), -2147483649L);
        refuses(new DataType.IntType(64), "9223372036854775808");
        refuses(new DataType.DecimalType(5, 2), "1000.00");
        refuses(new DataType.DecimalType(5, 2), "0.001");
        refuses(new DataType.DecimalType(5, 2), "Infinity");
        refuses(new DataType.TextType(), "half a pair \uD83D");
        refuses(new DataType.BinaryType(), "0g");
        refuses(new DataType.DateType(), "2023-02-29");
        refuses(new DataType.TimeType(3, false), "00:00:00.0001");
        refuses(new DataType.TimeType(3, true), "00:00:00");
        refuses(new DataType.TimestampType(6, false), "2024-01-01T00:00:00Z");
        refuses(new DataType.TimestampType(6, true), "2024-01-01T00:00:00");
        refuses(new DataType.TextType(), List.of());
    }

    private static void refuses(DataType type, Object value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Values.canonical(type, value));
    }

    @Test
    void everySampleIsItsOwnCanonicalText() {
        for (DataType type : TypeSamples.types()) {
            assertThat(TypeSamples.of(type)).as(type.notation()).isNotEmpty();
            for (String sample : TypeSamples.of(type)) {
                assertThat(Values.canonical(type, sample)).as(type.notation()).isEqualTo(sample);
            }
        }
    }

    @Test
    void samplesReachIntoTheCorners() {
        assertThat(TypeSamples.of(new DataType.IntType(64))).contains("-9223372036854775808", "9223372036854775807");
        assertThat(TypeSamples.of(new DataType.DecimalType(38, 38)))
                .contains("0." + "9".repeat(38), "NaN", "-0.00000000000000000009223372036854775808");
        assertThat(TypeSamples.of(new DataType.TimeType(6, false))).contains("24:00:00", "23:59:59.999999");
        assertThat(TypeSamples.of(new DataType.TimestampType(6, true)))
                .contains("-4712-01-01T00:00:00Z", "+99999-12-31T23:59:59.999999Z", "infinity", "-infinity");
        assertThat(TypeSamples.of(new DataType.TextType()))
                .contains("", "\u0000", "emoji \uD83D\uDE80 family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67")
                .anySatisfy(text -> assertThat(text).hasSize(12))
                .anySatisfy(text -> assertThat(text).hasSize(13));
    }
}
