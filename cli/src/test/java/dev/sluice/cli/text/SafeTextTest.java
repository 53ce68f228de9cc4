package dev.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SafeTextTest {
    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(SafeText.of("Größe 5 €, 東京 – naïve")).isEqualTo("Größe 5 €, 東京 – naïve");
    }

    @Test
    void showsEscapeSequencesAsCodes() {
        assertThat(SafeText.of("a\u001b[31mred\u001b]0;title\u0007b")).isEqualTo("a\\x1b[31mred\\x1b]0;title\\x07b");
        assertThat(SafeText.of("\u009b31m")).isEqualTo("\\x9b31m");
        assertThat(SafeText.of("\u0000")).isEqualTo("\\x00");
    }

    @Test
    void showsMarksThatTurnTheDirectionOfWriting() {
        assertThat(SafeText.of("safe\u202egnp.exe")).isEqualTo("safe\\u202egnp.exe");
        assertThat(SafeText.of("a\u2066b")).isEqualTo("a\\u2066b");
    }

    @Test
    void makesOneLineOfMany() {
        assertThat(SafeText.of("first\r\n\tsecond\n")).isEqualTo("first second");
        assertThat(SafeText.of("a\u2028b")).isEqualTo("a\\u2028b");
    }

    @Test
    void showsHalvesOfSurrogatePairs() {
        assertThat(SafeText.of("a\ud800b")).isEqualTo("a\\ud800b");
        assertThat(SafeText.of("a😀b")).isEqualTo("a😀b");
    }

    @Test
    void measuresWhatATerminalShows() {
        assertThat(SafeText.width("abc")).isEqualTo(3);
        assertThat(SafeText.width("東京")).isEqualTo(4);
        assertThat(SafeText.width("e\u0301")).isEqualTo(1);
        assertThat(SafeText.width("😀")).isEqualTo(2);
        assertThat(SafeText.beginning("東京都", 5)).isEqualTo("東京");
    }

    @Property
    void letsNothingThroughThatATerminalObeys(@ForAll String any) {
        assertThat(SafeText.of(any).codePoints()).noneMatch(point -> point < 0x20 || (point >= 0x7f && point <= 0x9f));
    }
}
