package dev.sluice.cdk.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON texts are read without rounding, written so that they can be read, and refused when they are none. */
final class JsonTest {
    @Test
    void numbersAreNotRounded() {
        assertThat(Json.read("9007199254740993")).isEqualTo(9_007_199_254_740_993L);
        assertThat(Json.read("123456789012345678901234567890"))
                .isEqualTo(new BigInteger("123456789012345678901234567890"));
        assertThat(Json.read("0.10")).isEqualTo(new BigDecimal("0.10"));
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        Map<String, Object> value = Map.of(
                "text", "a\"b\\c\nd\u0001é😀", "list", Arrays.asList(1L, true, null), "nested", Map.of("k", List.of()));
        assertThat(Json.readObject(Json.write(value))).isEqualTo(value);
    }

    @Test
    void halfOfASurrogatePairIsWrittenAsAnEscape() {
        assertThat(Json.write("\ud83d")).isEqualTo("\"\\ud83d\"");
    }

    @Test
    void whatIsNoJsonIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> Json.read("{\"a\": }")).hasMessageContaining("line 1");
        assertThatThrownBy(() -> Json.read("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Json.read("1 2")).hasMessageContaining("more than one");
        assertThatThrownBy(() -> Json.read("{\"a\":1,\"a\":2}")).hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> Json.read("[".repeat(300))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.readObject("[]")).hasMessageContaining("not an object");
    }
}
