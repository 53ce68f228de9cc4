package dev.sluice.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.verify.Difference.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of one key are judged by what the mode of the stream promises. Each letter is a row. */
class VersionsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "SAME_ROWS, a,  a,  -",
                "SAME_ROWS, aa, aa, -",
                "SAME_ROWS, a,  '', MISSING",
                "SAME_ROWS, '', a,  EXTRA",
                "SAME_ROWS, a,  b,  DIFFERENT",
                "SAME_ROWS, a,  aa, DOUBLED",
                "SAME_ROWS, ab, a,  MISSING",
                "ONE_A_KEY, ab, b,  -",
                "ONE_A_KEY, ab, c,  DIFFERENT",
                "ONE_A_KEY, a,  aa, DOUBLED",
                "ONE_A_KEY, a,  '', MISSING",
                "ONE_A_KEY, '', a,  EXTRA",
                "HISTORY,   b,  ab, -",
                "HISTORY,   '', a,  -",
                "HISTORY,   c,  ab, DIFFERENT",
                "HISTORY,   a,  '', MISSING",
                "NONE,      a,  '', -"
            })
    void judgesByThePromise(Promise promise, String source, String stored, @Nullable Kind kind) {
        Versions versions = new Versions();
        source.chars().forEach(letter -> versions.add(new Hash(letter, letter), false));
        stored.chars().forEach(letter -> versions.add(new Hash(letter, letter), true));

        assertThat(versions.judge(promise)).isEqualTo(kind);
        assertThat(versions.isAmbiguous()).isEqualTo(source.length() > 1);
    }
}
