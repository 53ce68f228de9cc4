package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of failures and of rules name tests that are there, and each of the failures once. */
final class ScenariosTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+Tests?)(?:\\.([a-z][A-Za-z]+))?`");
    private static final Pattern SCENARIO = Pattern.compile("\\b([FS])(\\d\\d)\\b");

    @ParameterizedTest
    @ValueSource(strings = {"docs/scenarios.md", "docs/semantics.md"})
    void eachTestThatIsNamedIsThere(String page) {
        Map<String, String> tests = new HashMap<>();
        for (Path file : Checkout.javaFiles()) {
            if (Checkout.isTest(file)) {
                tests.merge(file.getFileName().toString().replace(".java", ""), Checkout.text(file), String::concat);
            }
        }
        Matcher named = NAMED.matcher(Checkout.text(Path.of(page)));
        int count = 0;
        while (named.find()) {
            String method = named.group(2);
            assertThat(tests).as("the test class that " + page + " names").containsKey(named.group(1));
            if (method != null) {
                assertThat(tests.get(named.group(1))).as(named.group()).contains(" " + method + "(");
            }
            count++;
        }
        assertThat(count).isGreaterThan(80);
    }

    @Test
    void noFailureIsListedTwice() {
        Map<String, Integer> lines = new HashMap<>();
        for (String line : Checkout.text(Path.of("docs/scenarios.md")).split("\n")) {
            String head = line.startsWith("| ") ? line.split("\\|")[1] : "";
            Matcher scenario = SCENARIO.matcher(head);
            while (scenario.find()) {
                lines.merge(scenario.group(), 1, Integer::sum);
            }
        }
        assertThat(lines)
                .hasSizeGreaterThan(55)
                .allSatisfy((name, times) -> assertThat(times).as(name).isEqualTo(1));
    }
}
