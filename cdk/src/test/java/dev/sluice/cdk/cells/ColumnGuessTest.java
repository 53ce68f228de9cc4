package dev.sluice.cdk.cells;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnGuessTest {
    private static final DataType TEXT = new DataType.TextType();

    @Test
    void findsWholeNumbers() {
        assertThat(guess("1", "-5", "0", "9223372036854775807")).isEqualTo(new DataType.IntType(64));
        assertThat(guess("1", " 2 ")).isEqualTo(new DataType.IntType(64));
        assertThat(guess("9223372036854775808", "1")).isEqualTo(new DataType.DecimalType(38, 0));
        assertThat(guess("1".repeat(39))).isEqualTo(DataType.DecimalType.unconstrained());
    }

    @Test
    void leavesCodesAndTelephoneNumbersAsText() {
        assertThat(guess("1", "02", "3")).isEqualTo(TEXT);
        assertThat(guess("+491711234567", "+491711234568")).isEqualTo(TEXT);
        assertThat(guess("0049", "1")).isEqualTo(TEXT);
        assertThat(guess("1,000")).isEqualTo(TEXT);
        assertThat(guess("1_000")).isEqualTo(TEXT);
    }

    @Test
    void findsDecimalsWithTheirExactScale() {
        assertThat(guess("1.50", "1000.25", "7")).isEqualTo(new DataType.DecimalType(18, 2));
        assertThat(guess("47.45", "8.1", "-0.00")).isEqualTo(new DataType.DecimalType(18, 5));
        assertThat(guess("0.1234567890123456", "12.5")).isEqualTo(new DataType.DecimalType(38, 19));
        assertThat(guess("123456789012345.25", "1.50")).isEqualTo(new DataType.DecimalType(38, 2));
        assertThat(guess("1." + "1".repeat(40), "2." + "2".repeat(40))).isEqualTo(DataType.DecimalType.unconstrained());
    }

    @Test
    void takesFloatsOnlyWhereThereIsAnExponentOrNoNumber() {
        assertThat(guess("1.5", "2e-7")).isEqualTo(new DataType.FloatType(64));
        assertThat(guess("1", "NaN", "-Infinity")).isEqualTo(new DataType.FloatType(64));
        assertThat(guess("NaN")).isEqualTo(new DataType.FloatType(64));
        assertThat(guess("nan", "1")).isEqualTo(TEXT);
    }

    @Test
    void findsTruthValues() {
        assertThat(guess("true", "false")).isEqualTo(new DataType.BoolType());
        assertThat(guess("TRUE", "False")).isEqualTo(new DataType.BoolType());
        assertThat(guess("t", "f", "t")).isEqualTo(new DataType.BoolType());
        assertThat(guess("t", "t")).isEqualTo(TEXT);
        assertThat(guess("t", "f", "x")).isEqualTo(TEXT);
        assertThat(guess("yes", "no")).isEqualTo(TEXT);
        assertThat(guess("0", "1")).isEqualTo(new DataType.IntType(64));
    }

    @Test
    void findsDatesAndTimestamps() {
        assertThat(guess("2026-01-01", "0044-03-15 BC", "infinity")).isEqualTo(TEXT);
        assertThat(guess("2026-01-01", "0044-03-15 BC")).isEqualTo(new DataType.DateType());
        assertThat(guess("2026-01-01 10:00:00", "2026-01-01T10:00")).isEqualTo(new DataType.TimestampType(6, false));
        assertThat(guess("2026-01-01 10:00:00+02", "2026-01-01T10:00:00Z"))
                .isEqualTo(new DataType.TimestampType(6, true));
        assertThat(guess("2026-01-01 10:00:00.123456789")).isEqualTo(new DataType.TimestampType(9, false));
        assertThat(guess("2026-01-01 10:00:00", "2026-01-01 10:00:00Z")).isEqualTo(TEXT);
        assertThat(guess("2026-01-01", "2026-01-01 10:00:00")).isEqualTo(TEXT);
        assertThat(guess("01/02/2026")).isEqualTo(TEXT);
        assertThat(guess("2026-02-30")).isEqualTo(TEXT);
        assertThat(guess("12:30:00")).isEqualTo(TEXT);
        assertThat(guess("20260101")).isEqualTo(new DataType.IntType(64));
    }

    @Test
    void findsUuidsOnlyInLowerCase() {
        String uuid = "8459f222-3ddc-4c7d-96df-643b407fecf1";
        assertThat(guess(uuid, uuid.replace('8', 'a'))).isEqualTo(new DataType.UuidType());
        assertThat(guess(uuid, "F459F222-3DDC-4C7D-96DF-643B407FECF1")).isEqualTo(TEXT);
        assertThat(guess(uuid, "1")).isEqualTo(TEXT);
    }

    @Test
    void leavesMixedColumnsJsonAndTheUnknownAsText() {
        assertThat(guess("1", "x")).isEqualTo(TEXT);
        assertThat(guess("1", "2026-01-01")).isEqualTo(TEXT);
        assertThat(guess("{\"a\":1}", "[]")).isEqualTo(TEXT);
        assertThat(guess()).isEqualTo(TEXT);
        assertThat(guess("  ", "1")).isEqualTo(TEXT);
    }

    @Test
    void letsQuotedEmptyTextsBeMissingNumbers() {
        ColumnGuess numbers = new ColumnGuess();
        numbers.add(new byte[0], 0, 0, true);
        numbers.add(new byte[] {'1'}, 0, 1, true);
        assertThat(numbers.type()).isEqualTo(new DataType.IntType(64));
        ColumnGuess texts = new ColumnGuess();
        texts.add(new byte[0], 0, 0, true);
        assertThat(texts.type()).isEqualTo(TEXT);
        assertThat(texts.isEmpty()).isFalse();
    }

    @Test
    void readsTheNamesOfTypes() {
        for (DataType type : List.of(
                new DataType.BoolType(),
                new DataType.IntType(16),
                new DataType.IntType(64),
                new DataType.DecimalType(12, 2),
                new DataType.DecimalType(5, -2),
                DataType.DecimalType.unconstrained(),
                new DataType.FloatType(32),
                new DataType.FloatType(64),
                TEXT,
                new DataType.BinaryType(),
                new DataType.UuidType(),
                new DataType.DateType(),
                new DataType.TimeType(3, false),
                new DataType.TimeType(6, true),
                new DataType.TimestampType(0, false),
                new DataType.TimestampType(9, true),
                new DataType.JsonType())) {
            assertThat(TypeNotation.parse(type.notation())).as(type.notation()).contains(type);
        }
        assertThat(TypeNotation.parse(" NUMERIC( 10 , 3 ) ")).contains(new DataType.DecimalType(10, 3));
        assertThat(TypeNotation.parse("timestamptz")).contains(new DataType.TimestampType(6, true));
        for (String wrong :
                List.of("", "strin", "int(5)", "decimal(a)", "timestamp(12)", "decimal(1,2,3)", "uuid(1)")) {
            assertThat(TypeNotation.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void understandsMoreTruthValuesWhereTheUserChoseTheType() {
        for (String yes : List.of("1", "y", "Yes", "ON", "true", "T")) {
            assertThat(Truths.of(bytes(yes), 0, yes.length(), true)).as(yes).isEqualTo(Truths.TRUE);
        }
        for (String no : List.of("0", "n", "No", "off", "FALSE", "f")) {
            assertThat(Truths.of(bytes(no), 0, no.length(), true)).as(no).isEqualTo(Truths.FALSE);
        }
        for (String neither : List.of("", "2", "maybe", "trueish", "tr")) {
            assertThat(Truths.of(bytes(neither), 0, neither.length(), true))
                    .as(neither)
                    .isEqualTo(Truths.NEITHER);
        }
        assertThat(Truths.of(bytes("1"), 0, 1, false)).isEqualTo(Truths.NEITHER);
        assertThat(Truths.of(bytes("yes"), 0, 3, false)).isEqualTo(Truths.NEITHER);
    }

    @Test
    void readsBytesInBothWritings() {
        assertThat(decoded("AQID/w==")).containsExactly(1, 2, 3, -1);
        assertThat(decoded("\\x010203fF")).containsExactly(1, 2, 3, -1);
        assertThat(decoded("")).isEmpty();
        ByteSink out = new ByteSink(4);
        for (String wrong : List.of("AQID/w=", "\\x0", "\\x0g", "!!!!")) {
            assertThat(BinaryText.decode(bytes(wrong), 0, wrong.length(), out))
                    .as(wrong)
                    .isFalse();
        }
        assertThat(out.size()).isZero();
    }

    private static byte[] decoded(String text) {
        ByteSink out = new ByteSink(4);
        assertThat(BinaryText.decode(bytes(text), 0, text.length(), out)).isTrue();
        return out.toBytes();
    }

    private static DataType guess(String... texts) {
        ColumnGuess guess = new ColumnGuess();
        for (String text : texts) {
            byte[] bytes = bytes(text);
            guess.add(bytes, 0, bytes.length, false);
        }
        return guess.type();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
