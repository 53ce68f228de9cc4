package dev.sluice.cdk.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NumberParserTest {
    private final NumberParser parser = new NumberParser();

    @Property
    void readsEveryLong(@ForAll long number) {
        byte[] text = surrounded(Long.toString(number));
        assertThat(parser.integer(text, 3, text.length - 3)).isTrue();
        assertThat(parser.value()).isEqualTo(number);
    }

    @Property
    void readsSmallNumbersAtTheVeryEdgesOfAnArray(@ForAll @IntRange(min = -12345, max = 12345) int number) {
        byte[] text = bytes(Integer.toString(number));
        assertThat(parser.integer(text, 0, text.length)).isTrue();
        assertThat(parser.value()).isEqualTo(number);
    }

    @Property(tries = 3000)
    void agreesWithTheLibraryOnWhatIsAWholeNumber(@ForAll("numberLike") String text) {
        boolean whole = text.matches("-?(0|[1-9][0-9]*)") && new BigInteger(text).bitLength() < Long.SIZE;
        byte[] bytes = surrounded(text);
        assertThat(parser.integer(bytes, 3, bytes.length - 3)).isEqualTo(whole);
        if (whole) {
            assertThat(parser.value()).isEqualTo(Long.parseLong(text));
        }
    }

    @Test
    void knowsTheEdgesOfSixtyFourBits() {
        assertThat(integer("9223372036854775807")).isTrue();
        assertThat(integer("-9223372036854775808")).isTrue();
        assertThat(parser.value()).isEqualTo(Long.MIN_VALUE);
        assertThat(integer("9223372036854775808")).isFalse();
        assertThat(integer("-9223372036854775809")).isFalse();
        assertThat(integer("9999999999999999999")).isFalse();
        assertThat(integer("-0")).isTrue();
        assertThat(parser.value()).isZero();
    }

    @Test
    void refusesWhatIsNoPlainWholeNumber() {
        for (String text :
                List.of("", "-", "+1", "01", "-01", " 1", "1 ", "1.0", "1e3", "0x1", "1_000", "１", "--1", "/", ":")) {
            assertThat(integer(text)).as(text).isFalse();
        }
    }

    @Test
    void keepsIntegersWithinTheirBits() {
        for (int bits : new int[] {8, 16, 32}) {
            long greatest = (1L << (bits - 1)) - 1;
            assertThat(integer(Long.toString(greatest), bits)).isTrue();
            assertThat(integer(Long.toString(-greatest - 1), bits)).isTrue();
            assertThat(integer(Long.toString(greatest + 1), bits)).isFalse();
            assertThat(integer(Long.toString(-greatest - 2), bits)).isFalse();
        }
    }

    @Property(tries = 5000)
    void readsDecimalsOfEighteenDigitsAsBigDecimalDoes(
            @ForAll("numberLike") String text,
            @ForAll @IntRange(min = 1, max = 18) int precision,
            @ForAll @IntRange(max = 18) int scale) {
        int fitting = Math.min(scale, precision);
        BigInteger expected = unscaled(text, precision, fitting);
        byte[] bytes = surrounded(text);
        assertThat(parser.decimal(bytes, 3, bytes.length - 3, precision, fitting))
                .isEqualTo(expected != null);
        if (expected != null) {
            assertThat(parser.value()).isEqualTo(expected.longValueExact());
        }
    }

    @Property(tries = 5000)
    void readsDecimalsOfThirtyEightDigitsAsBigDecimalDoes(
            @ForAll("numberLike") String text,
            @ForAll @IntRange(min = 19, max = 38) int precision,
            @ForAll @IntRange(max = 38) int scale) {
        int fitting = Math.min(scale, precision);
        BigInteger expected = unscaled(text, precision, fitting);
        byte[] bytes = surrounded(text);
        assertThat(parser.wideDecimal(bytes, 3, bytes.length - 3, precision, fitting))
                .isEqualTo(expected != null);
        if (expected != null) {
            assertThat(signed(parser.high(), parser.low())).isEqualTo(expected);
        }
    }

    @Property
    void readsBackEveryWideDecimal(@ForAll("wide") BigInteger unscaled, @ForAll @IntRange(max = 38) int scale) {
        ByteSink out = new ByteSink(8);
        long high = unscaled.shiftRight(64).longValue();
        NumberText.appendDecimal(out, high, unscaled.longValue(), scale);
        assertThat(out.toString()).isEqualTo(new BigDecimal(unscaled, scale).toPlainString());
        assertThat(parser.wideDecimal(out.bytes(), 0, out.size(), 38, scale)).isTrue();
        assertThat(signed(parser.high(), parser.low())).isEqualTo(unscaled);
    }

    @Property
    void writesAndReadsBackEveryDecimalOfALong(
            @ForAll long number,
            @ForAll @IntRange(min = 1, max = 18) int precision,
            @ForAll @IntRange(max = 18) int scale) {
        int fitting = Math.min(scale, precision);
        long unscaled = number % NumberParser.POWERS[precision];
        ByteSink out = new ByteSink(1);
        NumberText.appendDecimal(out, unscaled, fitting);
        assertThat(out.toString())
                .isEqualTo(BigDecimal.valueOf(unscaled, fitting).toPlainString());
        assertThat(parser.decimal(out.bytes(), 0, out.size(), precision, fitting))
                .isTrue();
        assertThat(parser.value()).isEqualTo(unscaled);
    }

    @Property
    void keepsDecimalsOfAnySizeToTheLastDigit(@ForAll BigDecimal number) {
        ByteSink out = new ByteSink(8);
        byte[] text = bytes(number.toString());
        assertThat(parser.anyDecimal(text, 0, text.length, DecimalType.unconstrained(), out))
                .isTrue();
        assertThat(out.toString()).isEqualTo(number.toPlainString());
    }

    @Test
    void fitsLongDecimalsIntoTheirType() {
        DecimalType hundreds = new DecimalType(5, -2);
        assertThat(any("12300", hundreds)).isEqualTo("12300");
        assertThat(any("12345", hundreds)).isNull();
        DecimalType giant = new DecimalType(50, 10);
        assertThat(any("1234567890123456789012345678901234567890.5", giant))
                .isEqualTo("1234567890123456789012345678901234567890.5000000000");
        assertThat(any("12345678901234567890123456789012345678901.5", giant)).isNull();
        assertThat(any("0.00000000001", giant)).isNull();
    }

    @Test
    void refusesExponentsThatWouldFillTheMemory() {
        assertThat(any("1e999999999", DecimalType.unconstrained())).isNull();
        assertThat(any("1e-999999999", DecimalType.unconstrained())).isNull();
        assertThat(any("1e9999999999", DecimalType.unconstrained())).isNull();
        assertThat(any("1e5", DecimalType.unconstrained())).isEqualTo("100000");
    }

    @Test
    void readsNaNWhereTheTypeKnowsIt() {
        byte[] text = bytes("NaN");
        assertThat(parser.decimal(text, 0, 3, 10, 2)).isTrue();
        assertThat(parser.value()).isEqualTo(DecimalType.NAN);
        assertThat(parser.wideDecimal(text, 0, 3, 38, 2)).isTrue();
        assertThat(parser.high()).isEqualTo(DecimalType.NAN);
        assertThat(any("-Infinity", DecimalType.unconstrained())).isEqualTo("-Infinity");
        assertThat(any("nan", DecimalType.unconstrained())).isNull();
    }

    @Property(tries = 3000)
    void tellsNumbersOfJsonFromOtherText(@ForAll("numberLike") String text) {
        byte[] bytes = bytes(text);
        assertThat(NumberParser.isNumber(bytes, 0, bytes.length))
                .isEqualTo(text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,9})?"));
    }

    @Property
    void neverFailsOnAnyText(@ForAll @StringLength(max = 40) String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteSink out = new ByteSink(8);
        parser.integer(bytes, 0, bytes.length);
        parser.decimal(bytes, 0, bytes.length, 18, 6);
        parser.wideDecimal(bytes, 0, bytes.length, 38, 6);
        boolean taken = parser.anyDecimal(bytes, 0, bytes.length, DecimalType.unconstrained(), out);
        assertThat(out.size() > 0).isEqualTo(taken);
    }

    @Provide
    Arbitrary<String> numberLike() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(0).ofMaxLength(24);
        Arbitrary<String> plain = digits.map(text -> text.isEmpty() ? "0" : new BigInteger(text).toString());
        Arbitrary<String> sign = Arbitraries.of("", "", "-", "+");
        Arbitrary<String> fraction = Arbitraries.oneOf(
                Arbitraries.just(""), digits.map(text -> "." + text), Arbitraries.of(".0", ".00", ".50", ".5.5"));
        Arbitrary<String> exponent = Arbitraries.of("", "", "", "", "e0", "E+3", "e-2", "e12", "e", "e+", "e-30");
        Arbitrary<String> odd =
                Arbitraries.strings().withChars("0123456789-+.eE /:").ofMaxLength(12);
        return Arbitraries.oneOf(
                Combinators.combine(sign, plain, fraction, exponent).as((a, b, c, d) -> a + b + c + d),
                Combinators.combine(sign, digits, fraction).as((a, b, c) -> a + b + c),
                odd);
    }

    @Provide
    Arbitrary<BigInteger> wide() {
        BigInteger limit = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        return Arbitraries.bigIntegers().between(limit.negate(), limit);
    }

    private boolean integer(String text) {
        byte[] bytes = bytes(text);
        return parser.integer(bytes, 0, bytes.length);
    }

    private boolean integer(String text, int bits) {
        byte[] bytes = bytes(text);
        return parser.integer(bytes, 0, bytes.length, bits);
    }

    private @Nullable String any(String text, DecimalType type) {
        ByteSink out = new ByteSink(8);
        byte[] bytes = bytes(text);
        return parser.anyDecimal(bytes, 0, bytes.length, type, out) ? out.toString() : null;
    }

    /** What the text is worth in a decimal of this size, or null if it does not fit. */
    private static @Nullable BigInteger unscaled(String text, int precision, int scale) {
        if (!text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,9})?")) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        int wholeDigits = stripped.precision() - stripped.scale();
        if (stripped.scale() > scale || (stripped.signum() != 0 && wholeDigits > precision - scale)) {
            return null;
        }
        BigInteger unscaled = stripped.setScale(scale).unscaledValue();
        return unscaled.abs().compareTo(BigInteger.TEN.pow(precision)) < 0 ? unscaled : null;
    }

    private static BigInteger signed(long high, long low) {
        BigInteger lower =
                BigInteger.valueOf(low).and(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
        return BigInteger.valueOf(high).shiftLeft(64).add(lower);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text with digits around it, which must not be read. */
    private static byte[] surrounded(String text) {
        return bytes("987" + text + "654");
    }
}
