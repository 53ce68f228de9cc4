package dev.sluice.cli.project;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves references in texts: <code>${NAME}</code> and <code>${env:NAME}</code> are environment variables, <code>
 * ${NAME:-default}</code> has a default, <code>${file:path}</code> is the content of a file, and <code>$${</code> is a
 * plain <code>${</code>.
 *
 * <p>What comes from outside may be a secret, so whoever prints is told of it before anything is done with it.
 */
public final class References {
    private static final int MOST_FILE_BYTES = 1 << 20;

    private final Map<String, String> variables;
    private final Path directory;
    private final Consumer<String> secrets;

    /**
     * Prepares the resolving.
     *
     * @param variables the environment
     * @param directory what relative paths of files start from
     * @param secrets hears of each resolved value
     */
    public References(Map<String, String> variables, Path directory, Consumer<String> secrets) {
        this.variables = Map.copyOf(variables);
        this.directory = directory;
        this.secrets = secrets;
    }

    /** The text with its references resolved. */
    String resolve(String text, Place place) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            if (at > from && text.charAt(at - 1) == '$') {
                out.append(text, from, at - 1).append("${");
                from = at + 2;
                continue;
            }
            int end = text.indexOf('}', at);
            if (end < 0) {
                throw place.problem("a reference is not closed")
                        .because("there is `${` without `}`")
                        .fix("close it, or write `$${` for the plain signs")
                        .exception();
            }
            out.append(text, from, at).append(value(text.substring(at + 2, end), place));
            from = end + 1;
        }
        return out.append(text, from, text.length()).toString();
    }

    /**
     * The text with its references resolved, of which all is a secret.
     *
     * @param where where it stands, for messages
     */
    String secret(String text, String where) {
        try {
            return secret(resolve(text, new Place(where, 1, 1)));
        } catch (ProblemException failure) {
            throw failure.problem().at(where).exception(failure.getCause());
        }
    }

    private String value(String reference, Place place) {
        if (reference.startsWith("file:")) {
            return secret(file(reference.substring("file:".length()), place));
        }
        String rest = reference.startsWith("env:") ? reference.substring("env:".length()) : reference;
        int separator = rest.indexOf(":-");
        String name = separator < 0 ? rest : rest.substring(0, separator);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw place.problem("`${" + reference + "}` is not a reference")
                    .because("references are ${NAME}, ${NAME:-default}, ${env:NAME} and ${file:path}")
                    .fix("write `$${` for the plain signs")
                    .exception();
        }
        String value = variables.get(name);
        if (value != null && !(value.isEmpty() && separator >= 0)) {
            return secret(value);
        }
        if (separator >= 0) {
            return rest.substring(separator + 2);
        }
        throw Problem.of("E_VARIABLE_MISSING", ProblemKind.CONFIG, "the environment variable " + name + " is not set")
                .at(place.toString())
                .fix("set it: `export " + name + "=...`, or put it into a file and name that with --env-file")
                .exception();
    }

    private String file(String name, Place place) {
        Path path = directory.resolve(name);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_FILE_BYTES + 1);
            if (bytes.length > MOST_FILE_BYTES) {
                throw fileProblem(name, place, "it is larger than 1 MiB", null);
            }
            return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException cause) {
            String why = Files.exists(path) ? String.valueOf(cause.getMessage()) : "it does not exist";
            throw fileProblem(name, place, why, cause);
        }
    }

    private static RuntimeException fileProblem(String name, Place place, String why, @Nullable Throwable cause) {
        return Problem.of(
                        "E_VARIABLE_MISSING", ProblemKind.CONFIG, "the file " + name + " of a reference cannot be read")
                .at(place.toString())
                .because(why)
                .exception(cause);
    }

    /** Numbers of few digits and truth values tell nothing, and blotting them out would make counts unreadable. */
    private String secret(String value) {
        if (!value.matches("[0-9]{1,5}|true|false")) {
            secrets.accept(value);
        }
        return value;
    }
}
