package dev.sluice.cdk.config;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses of database files: {@code scheme:///absolute/path}, {@code scheme:relative.db}, {@code scheme:///name.db},
 * and paths with an ending of the database's own. With the scheme, options may follow: {@code scheme:shop.db?threads=4}.
 *
 * <p>A bare file name after three slashes lies in the working directory, as in the addresses of SQLAlchemy: nobody keeps
 * databases in the root of the file system, and who does writes four.
 *
 * @param scheme the scheme, without a colon
 * @param endings the endings of paths that need no scheme
 */
public record FileUri(String scheme, List<String> endings) {
    public FileUri {
        endings = List.copyOf(endings);
    }

    /**
     * The configuration of an address, with the path as the option {@code path}.
     *
     * @param parameters what may follow the path; an option of the same name gets what is made of the text
     * @return empty if it is the address of another connector
     * @throws ProblemException of kind {@code CONFIG} if it is this connector's and malformed
     */
    public Optional<Config> config(String uri, Map<String, Parameter> parameters) {
        String lower = uri.toLowerCase(Locale.ROOT);
        if (lower.startsWith(scheme + ":")) {
            return Optional.of(withScheme(uri.substring(scheme.length() + 1), parameters));
        }
        boolean bare = !uri.contains("://") && endings.stream().anyMatch(lower::endsWith);
        return bare ? Optional.of(Config.of(Map.of("path", uri))) : Optional.empty();
    }

    /**
     * What a parameter sets.
     *
     * @param option the name of the option
     * @param value makes its value out of the text
     */
    public record Parameter(String option, Function<String, Object> value) {
        /** A parameter that sets the option to its text. */
        public static Parameter text(String option) {
            return new Parameter(option, text -> text);
        }

        /** A parameter that sets the option to a list of one text. */
        public static Parameter list(String option) {
            return new Parameter(option, List::of);
        }
    }

    private Config withScheme(String rest, Map<String, Parameter> parameters) {
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        if (path.startsWith("//")) {
            // There is no host: what follows the slashes is the path.
            path = path.substring(path.lastIndexOf('/') == 2 || path.startsWith("////") ? 3 : 2);
        }
        if (path.isEmpty()) {
            throw bad("the address names no file");
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("path", Query.decoded(path));
        if (question >= 0) {
            for (String parameter : rest.substring(question + 1).split("&", -1)) {
                add(parameter, parameters, config);
            }
        }
        return Config.of(config);
    }

    private void add(String text, Map<String, Parameter> parameters, Map<String, @Nullable Object> config) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? "" : Query.decoded(text.substring(equals + 1));
        Parameter parameter = parameters.get(name);
        if (parameter != null) {
            config.put(parameter.option(), parameter.value().apply(value));
        } else if (!name.isEmpty()) {
            throw bad("the address has an unknown parameter " + name + "; known are "
                    + String.join(", ", parameters.keySet().stream().sorted().toList()));
        }
    }

    private ProblemException bad(String message) {
        String example = "shop" + endings.getFirst();
        return Problem.of("E_BAD_ADDRESS", ProblemKind.CONFIG, message)
                .fix("write it as " + scheme + ":" + example + " or " + scheme + ":///absolute/path/" + example)
                .exception();
    }
}
