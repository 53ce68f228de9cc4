package dev.sluice.cdk.config;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The options that follow an address behind a question mark, such as {@code sample:?count=1000&seed=7}. */
public final class Query {
    private Query() {}

    /**
     * Reads {@code name=value&name=value} with percent signs undone; a plus sign means itself.
     *
     * @throws ProblemException of kind {@code CONFIG} if it is malformed or names an option twice
     */
    public static Map<String, String> parse(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : query.split("&", -1)) {
            int equals = option.indexOf('=');
            if (option.isEmpty()) {
                continue;
            }
            if (equals <= 0) {
                throw malformed("the address needs a name and a value in each of its options", option);
            }
            String name = decoded(option.substring(0, equals));
            if (options.put(name, decoded(option.substring(equals + 1))) != null) {
                throw malformed("the address has the option " + name + " twice", query);
            }
        }
        return options;
    }

    /**
     * The options of an address that names nothing but a connector: {@code name}, {@code name:} or {@code name://}, with
     * or without options behind it.
     *
     * @param scheme the name of the connector
     * @return empty if it is the address of another connector
     * @throws ProblemException of kind {@code CONFIG} if it is this connector's and malformed
     */
    public static Optional<Map<String, String>> ofBareAddress(String scheme, String uri) {
        if (uri.equalsIgnoreCase(scheme)) {
            return Optional.of(Map.of());
        }
        if (!uri.regionMatches(true, 0, scheme + ":", 0, scheme.length() + 1)) {
            return Optional.empty();
        }
        String rest = uri.substring(scheme.length() + 1);
        String query = rest.startsWith("//") ? rest.substring(2) : rest;
        if (query.startsWith("?")) {
            return Optional.of(parse(query.substring(1)));
        }
        if (!query.isEmpty()) {
            throw malformed(
                    "the address has nothing but options behind " + scheme + ":, which begin with a question mark",
                    query);
        }
        return Optional.of(Map.of());
    }

    /**
     * A part of an address with its percent signs undone; a plus sign means itself.
     *
     * @throws ProblemException of kind {@code CONFIG} if it is malformed; does not repeat the text, which may be a password
     */
    public static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw Problem.of("E_BAD_ADDRESS", ProblemKind.CONFIG, "the address has a malformed percent sign")
                    .fix("write a percent sign as %25")
                    .exception();
        }
    }

    private static ProblemException malformed(String message, String where) {
        return Problem.of("E_BAD_ADDRESS", ProblemKind.CONFIG, message)
                .at(where)
                .fix("write options as ?name=value&name=value")
                .exception();
    }
}
