package dev.sluice.cli.session;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Variables from a file of lines like {@code NAME=value}: blank lines and those that begin with {@code #} count nothing,
 * {@code export} before the name and quotes around the value are dropped.
 */
final class EnvironmentFile {
    private EnvironmentFile() {}

    /** The variables of a file and of the environment, which goes before the file. */
    static Map<String, String> merged(Path file, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(read(file));
        variables.putAll(environment);
        return variables;
    }

    private static Map<String, String> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException cause) {
            throw problem("the file of variables cannot be read")
                    .at(file.toString())
                    .because(Files.exists(file) ? cause.toString() : "it does not exist")
                    .exception(cause);
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String entry = line.startsWith("export ")
                    ? line.substring("export ".length()).strip()
                    : line;
            int equals = entry.indexOf('=');
            if (equals < 1 || !entry.substring(0, equals).strip().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw problem("a line of the file of variables is not NAME=value")
                        .at(file + ":" + (i + 1))
                        .exception();
            }
            variables.put(
                    entry.substring(0, equals).strip(),
                    unquoted(entry.substring(equals + 1).strip()));
        }
        return variables;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Problem problem(String message) {
        return Problem.of("E_ENV_FILE", ProblemKind.CONFIG, message);
    }
}
