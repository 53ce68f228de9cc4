package dev.sluice.connector.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Decimals of every layout survive PostgreSQL's binary form, and the form is the one that the server makes. */
final class NumericFormTest {
    private static final Alterations NOTHING_IS_ALTERED = (row, field, change, reason) -> {
        throw new AssertionError(field + " was altered");
    };

    @Test
    void writesTheDigitsThatTheServerWrites() {
        // 12345678.9 is 1234 * 10000^1 + 5678 + 9000 / 10000.
        assertThat(encoded(new NumericEncoders.LongEncoder(1), longs(123_456_789L)))
                .containsExactly(0, 3, 0, 1, 0, 0, 0, 1, 0x04, 0xD2, 0x16, 0x2E, 0x23, 0x28);
        assertThat(encoded(new NumericEncoders.LongEncoder(2), longs(-5)))
                .containsExactly(0, 1, 0xFF, 0xFF, 0x40, 0, 0, 2, 0x01, 0xF4);
        assertThat(encoded(new NumericEncoders.LongEncoder(2), longs(0))).containsExactly(0, 0, 0, 0, 0, 0, 0, 2);
    }

    @Test
    void longsOfEveryScaleComeBack() {
        SplittableRandom random = new SplittableRandom(7);
        for (int scale = 0; scale <= 18; scale++) {
            for (int i = 0; i < 2_000; i++) {
                long magnitude = random.nextLong(1L << random.nextInt(60)) % 1_000_000_000_000_000_000L;
                long value = random.nextBoolean() ? magnitude : -magnitude;
                byte[] form = encoded(new NumericEncoders.LongEncoder(scale), longs(value));
                LongColumn.Builder back = new LongColumn.Builder(1);
                new NumericDecoders.LongDecoder(back, scale).decode(form, 0, form.length);
                assertThat(back.build().values()[0])
                        .as("%d at scale %d", value, scale)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void wideValuesOfEveryScaleComeBack() {
        SplittableRandom random = new SplittableRandom(8);
        for (int scale = 0; scale <= 38; scale++) {
            for (int i = 0; i < 500; i++) {
                BigInteger magnitude = randomMagnitude(random, 38);
                BigDecimal value = new BigDecimal(random.nextBoolean() ? magnitude : magnitude.negate(), scale);
                DecimalType type = new DecimalType(38, scale);
                byte[] form = encoded(new NumericEncoders.WideEncoder(scale), wide(value.unscaledValue()));
                WideColumn.Builder back = new WideColumn.Builder(1);
                new NumericDecoders.WideDecoder(back, scale).decode(form, 0, form.length);
                assertThat(ValueText.of(type, back.build(), 0)).isEqualTo(Optional.of(value.toPlainString()));
            }
        }
    }

    @Test
    void textOfAnyLengthComesBack() {
        SplittableRandom random = new SplittableRandom(9);
        Stream<String> fixed = Stream.of(
                "0",
                "0.0",
                "0.000",
                "1",
                "-1",
                "10000",
                "9999",
                "10000.0001",
                "0.0001",
                "-0.00001",
                "1" + "0".repeat(600));
        Stream<String> random500 = Stream.generate(
                        () -> new BigDecimal(randomMagnitude(random, 120), random.nextInt(0, 80)).toPlainString())
                .limit(2_000);
        for (String text : Stream.concat(fixed, random500).toList()) {
            assertThat(throughText(text)).isEqualTo(text);
        }
    }

    @Test
    void whatIsNoNumberComesBack() {
        for (String text : new String[] {"NaN", "Infinity", "-Infinity"}) {
            assertThat(throughText(text)).isEqualTo(text);
        }
        byte[] form = encoded(new NumericEncoders.LongEncoder(2), longs(DecimalType.NAN));
        LongColumn.Builder back = new LongColumn.Builder(1);
        new NumericDecoders.LongDecoder(back, 2).decode(form, 0, form.length);
        assertThat(back.build().values()[0]).isEqualTo(DecimalType.NAN);
    }

    @Test
    void theSmallestLongIsANumberAsAnIntegerAndNotAsADecimal() {
        byte[] form = encoded(new NumericEncoders.IntegerEncoder(), longs(Long.MIN_VALUE));
        BytesColumn.Builder back = new BytesColumn.Builder(1);
        new NumericDecoders.TextDecoder(back).decode(form, 0, form.length);
        assertThat(back.build().text(0)).isEqualTo(Long.toString(Long.MIN_VALUE));
    }

    private static String throughText(String text) {
        BytesColumn.Builder column = new BytesColumn.Builder(1);
        column.append(text);
        byte[] form = encoded(new NumericEncoders.TextEncoder("number", NOTHING_IS_ALTERED), column.build());
        BytesColumn.Builder back = new BytesColumn.Builder(1);
        new NumericDecoders.TextDecoder(back).decode(form, 0, form.length);
        return back.build().text(0);
    }

    private static BigInteger randomMagnitude(SplittableRandom random, int mostDigits) {
        int digits = random.nextInt(1, mostDigits + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return new BigInteger(text.toString());
    }

    private static Column longs(long value) {
        LongColumn.Builder column = new LongColumn.Builder(1);
        column.append(value);
        return column.build();
    }

    private static Column wide(BigInteger value) {
        WideColumn.Builder column = new WideColumn.Builder(1);
        column.append(value.shiftRight(64).longValue(), value.longValue());
        return column.build();
    }

    /** The bytes of the field that an encoder writes for the first row, without their length. */
    private static byte[] encoded(FieldEncoder encoder, Column column) {
        encoder.begin(column);
        int[] sizes = {0};
        encoder.measure(0, 1, sizes);
        assertThat((long) sizes[0]).isLessThanOrEqualTo(encoder.most());
        byte[] buffer = new byte[sizes[0]];
        int[] places = {0};
        encoder.write(0, 1, buffer, places);
        assertThat(places[0]).isEqualTo(buffer.length);
        assertThat(BigEndian.int32(buffer, 0)).isEqualTo(buffer.length - FieldEncoder.LENGTH_BYTES);
        return Arrays.copyOfRange(buffer, FieldEncoder.LENGTH_BYTES, buffer.length);
    }
}
