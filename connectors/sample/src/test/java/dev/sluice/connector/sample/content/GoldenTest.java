package dev.sluice.connector.sample.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The rows of a seed stay the same from release to release, because tests, measurements and positions of others rely on
 * them. After a change that is meant, {@code target/golden.txt} is what {@code golden.txt} has to become.
 */
class GoldenTest {
    private static final List<Recipe> RECIPES =
            List.of(new Recipe(1, 1_000, 0, false), new Recipe(7, 1_000, 10, false), new Recipe(7, 1_000, 10, true));

    @Test
    void theFirstRowsAreTheOnesThatTheyWere() throws IOException {
        StringBuilder actual = new StringBuilder();
        for (Recipe recipe : RECIPES) {
            for (SampleStream stream : recipe.streams()) {
                int version = recipe.updates() == 0 ? 0 : 3;
                actual.append(recipe.identity(stream.name()))
                        .append(" version=")
                        .append(version)
                        .append('\n');
                Oracle.content(stream, version).stream()
                        .limit(4)
                        .forEach(row -> actual.append(line(row)).append('\n'));
            }
        }
        Files.writeString(Path.of("target", "golden.txt"), actual);
        assertThat(actual.toString()).isEqualTo(expected());
    }

    private static String line(Row row) {
        return row.values().stream()
                .map(value -> value == null ? "(null)" : "[" + shown(value) + "]")
                .collect(Collectors.joining(" "));
    }

    /** One line of ASCII, so that the file stays readable. */
    private static String shown(String value) {
        String ascii = value.codePoints()
                .mapToObj(c -> c >= ' ' && c <= '~' ? Character.toString(c) : String.format("\\u{%x}", c))
                .collect(Collectors.joining());
        return ascii.length() <= 300 ? ascii : ascii.substring(0, 300) + " and " + (ascii.length() - 300) + " more";
    }

    private static String expected() throws IOException {
        try (InputStream file = GoldenTest.class.getResourceAsStream("/golden.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
