package dev.sluice.server.tags;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A word that sorts connections.
 *
 * @param id its identity
 * @param workspaceId where it is
 * @param name the word, unique there
 * @param color six hexadecimal digits
 */
public record Tag(UUID id, UUID workspaceId, String name, String color) {
    private static final int MOST_CHARACTERS = 30;
    private static final Pattern COLOR = Pattern.compile("[0-9A-Fa-f]{6}");

    public Tag {
        if (name.isBlank() || name.length() > MOST_CHARACTERS) {
            throw Problem.of(
                            "E_TAG_NAME",
                            ProblemKind.CONFIG,
                            "a tag's name has 1 to " + MOST_CHARACTERS + " characters")
                    .at("name")
                    .fix("choose another name")
                    .exception();
        }
        if (!COLOR.matcher(color).matches()) {
            throw Problem.of("E_TAG_COLOR", ProblemKind.CONFIG, "a tag's color has six hexadecimal digits")
                    .at("color")
                    .fix("write it like 3366FF")
                    .exception();
        }
    }
}
