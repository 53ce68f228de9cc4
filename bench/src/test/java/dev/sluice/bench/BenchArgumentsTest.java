package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.scenario.Scenario;
import dev.sluice.bench.scenario.Scenarios;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is typed is understood, and what makes no sense is refused with a reason. */
final class BenchArgumentsTest {
    private static final Path HOME = Path.of("/somewhere/bench");

    @Test
    void namesAndOptionsMayStandInAnyOrder() {
        BenchArguments arguments =
                BenchArguments.parse(HOME, "--runs", "3", "version", "--rows", "1_000", "large-value");
        assertThat(arguments.scenarios()).extracting(Scenario::name).containsExactly("version", "large-value");
        assertThat(arguments.settings().rows()).isEqualTo(1000);
        assertThat(arguments.settings().runs()).isEqualTo(3);
    }

    @Test
    void withoutOptionsTheFullSizesAreMeasured() {
        BenchArguments arguments = BenchArguments.parse(HOME, "all");
        assertThat(arguments.scenarios()).isEqualTo(Scenarios.all());
        assertThat(arguments.settings().rows()).isEqualTo(5_000_000);
        assertThat(arguments.settings().runs()).isEqualTo(5);
        assertThat(arguments.settings().javaOptions()).isEqualTo("-Xmx512m");
        assertThat(arguments.settings().program()).isEqualTo(Path.of("/somewhere/sluice"));
        assertThat(arguments.results()).isEqualTo(Path.of("/somewhere/bench/results"));
    }

    @Test
    void nonsenseIsRefused() {
        assertRefused("there is no scenario fast", "fast");
        assertRefused("--rows needs a value", "version", "--rows");
        assertRefused("--rows takes a number", "version", "--rows", "many");
        assertRefused("from 1 to", "version", "--runs", "0");
        assertRefused("there is no option --quick", "version", "--quick", "yes");
        assertRefused("no scenario is named");
    }

    @Test
    void namesOfScenariosAreUnique() {
        assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    }

    @Test
    void theProgramListsItsScenariosAndExplainsItself() throws IOException {
        assertThat(print("list", 0)).contains("postgres-wide: ").contains("version: ");
        assertThat(print("fast", 2)).contains("there is no scenario fast").contains("Usage: bench/run");
    }

    private static String print(String argument, int code) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertThat(Main.run(HOME, out, argument)).isEqualTo(code);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void assertRefused(String why, String... arguments) {
        assertThatThrownBy(() -> BenchArguments.parse(HOME, arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
