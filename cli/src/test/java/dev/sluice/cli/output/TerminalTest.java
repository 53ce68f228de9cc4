package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @AfterEach
    void forget() {
        System.clearProperty(Terminal.PROPERTY);
    }

    @Test
    void believesTheLauncher() {
        System.setProperty(Terminal.PROPERTY, "out,err");
        Terminal terminal = Terminal.detect(Map.of("TERM", "xterm", "LANG", "de_DE.UTF-8"));

        assertThat(terminal.isOut()).isTrue();
        assertThat(terminal.isErr()).isTrue();
        assertThat(terminal.wantsColour()).isTrue();
        assertThat(terminal.isUnicode()).isTrue();
        System.setProperty(Terminal.PROPERTY, "none");
        assertThat(Terminal.detect(Map.of()).isOut()).isFalse();
    }

    @Test
    void takesNoColoursWhereTheyAreNotWanted() {
        System.setProperty(Terminal.PROPERTY, "out,err");

        assertThat(Terminal.detect(Map.of("TERM", "xterm", "NO_COLOR", "1")).wantsColour())
                .isFalse();
        assertThat(Terminal.detect(Map.of("TERM", "dumb")).wantsColour()).isFalse();
        assertThat(Terminal.detect(Map.of("TERM", "dumb")).isErr()).isFalse();
    }

    @Test
    void usesAsciiWhereTheLocaleHasNothingElse() {
        assertThat(Terminal.detect(Map.of("LANG", "C")).isUnicode()).isFalse();
        assertThat(Terminal.detect(Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8")).isUnicode())
                .isFalse();
        assertThat(Terminal.detect(Map.of("LC_CTYPE", "C.utf8")).isUnicode()).isTrue();
    }

    @Test
    void knowsHowItWasCalled() {
        assertThat(Terminal.detect(Map.of()).program()).isEqualTo("sluice");
        assertThat(Terminal.detect(Map.of("SLUICE_COMMAND", "./sluice")).program())
                .isEqualTo("./sluice");
        assertThat(Terminal.detect(Map.of("SLUICE_COMMAND", "/my tools/sluice")).program())
                .as("what would need quotes")
                .isEqualTo("sluice");
    }

    @Test
    void hasRoomForEverythingInFilesAndPipes() {
        assertThat(Terminal.none(false).width()).isGreaterThan(1000);
    }
}
