package dev.sluice.testkit.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.type.DataType;
import org.junit.jupiter.api.Test;

class MeaningTest {
    @Test
    void anotherNotationMeansTheSame() {
        assertThat(Meaning.same(new DataType.IntType(32), "7", "7.000")).isTrue();
        assertThat(Meaning.same(new DataType.DecimalType(5, 2), "1.50", "1.5")).isTrue();
        assertThat(Meaning.same(new DataType.FloatType(32), "0.1", "0.10000000149011612"))
                .isTrue();
        assertThat(Meaning.same(new DataType.FloatType(64), "NaN", "NaN")).isTrue();
        assertThat(Meaning.same(new DataType.FloatType(64), "-0.0", "0")).isTrue();
        assertThat(Meaning.same(new DataType.DateType(), "2024-01-01", "2024-01-01T00:00:00"))
                .isTrue();
        assertThat(Meaning.same(new DataType.TimeType(3, false), "01:02:03.004", "01:02:03.004000"))
                .isTrue();
        assertThat(Meaning.same(
                        new DataType.TimestampType(0, true), "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000Z"))
                .isTrue();
        assertThat(Meaning.same(new DataType.BoolType(), "true", "1")).isTrue();
        assertThat(Meaning.same(new DataType.UuidType(), "ab", "AB")).isTrue();
        assertThat(Meaning.same(new DataType.JsonType(), "{ \"b\":1.0, \"a\":[1e1] }", "{\"a\":[10],\"b\":1}"))
                .isTrue();
        assertThat(Meaning.same(new DataType.JsonType(), "{\"a\":1,\"a\":2}", "{\"a\":2}"))
                .isTrue();
    }

    @Test
    void anotherValueDoesNot() {
        assertThat(Meaning.same(new DataType.IntType(32), "7", "8")).isFalse();
        assertThat(Meaning.same(new DataType.DecimalType(5, 2), "1.50", "1.51")).isFalse();
        assertThat(Meaning.same(new DataType.DecimalType(5, 2), "1.50", "one")).isFalse();
        assertThat(Meaning.same(new DataType.DecimalType(5, 2), "NaN", "0")).isFalse();
        assertThat(Meaning.same(new DataType.FloatType(32), "0.1", "0.11")).isFalse();
        assertThat(Meaning.same(new DataType.FloatType(64), "Infinity", "-Infinity"))
                .isFalse();
        assertThat(Meaning.same(new DataType.TextType(), "a", "a ")).isFalse();
        assertThat(Meaning.same(new DataType.DateType(), "2024-01-01", "2024-01-01T00:00:01"))
                .isFalse();
        assertThat(Meaning.same(new DataType.TimestampType(6, false), "2024-01-01T00:00:00", "2024-01-01"))
                .isFalse();
        assertThat(Meaning.same(new DataType.BoolType(), "false", "1")).isFalse();
        assertThat(Meaning.same(new DataType.JsonType(), "{\"a\":1}", "{\"a\":\"1\"}"))
                .isFalse();
        assertThat(Meaning.same(new DataType.JsonType(), "[1,2]", "[2,1]")).isFalse();
        assertThat(Meaning.same(new DataType.JsonType(), "{}", "{} {}")).isFalse();
        assertThat(Meaning.same(new DataType.UnknownType("box"), "(1,2)", "(1, 2)"))
                .isFalse();
    }
}
