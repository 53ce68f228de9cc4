package dev.sluice.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON texts that mean the same have one form, and others have others. */
class JsonFormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"b\": 1, \"a\":[1,2 ]} | {\"a\":[1, 2],\"b\":1}",
                "{\"a\":1,\"a\":2}        | {\"a\":2}",
                "[1.50, 1e2, -0.0]        | [1.5,100,0]",
                "\"\\u0041\\/\"           | \"A/\"",
                "[ ]                      | []",
                " null                    | null"
            })
    void isTheSameForWhatMeansTheSame(String one, String other) {
        assertThat(JsonForm.of(one)).isEqualTo(JsonForm.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2]              | [2,1]",
                "[\"1\"]            | [1]",
                "[12]               | [1,2]",
                "[\"a\",\"b\"]      | [\"a,b\"]",
                "[\"a\\\",\\\"b\"]  | [\"a\",\"b\"]",
                "{\"a\":null}       | {}",
                "true               | \"true\""
            })
    void isAnotherForWhatMeansSomethingElse(String one, String other) {
        assertThat(JsonForm.of(one)).isNotEqualTo(JsonForm.of(other));
    }

    @Test
    void leavesWhatIsNoJsonAsItIs() {
        for (String text : new String[] {"", "{", "[1,,2]", "{\"a\" 1}", "nul", "1 2", "\"\\x\"", "[".repeat(9_000)}) {
            assertThat(JsonForm.of(text)).isEqualTo(text);
        }
    }
}
