package dev.sluice.lowcode.source;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What connectors demand of single options beyond their specification. */
final class OptionRules {
    private OptionRules() {}

    static boolean isKnown(Component strategy) {
        return switch (strategy.type()) {
            case "HostOption", "UniqueNamesOption" -> true;
            default -> false;
        };
    }

    /** Throws if an option is not what a connector demands. */
    static void require(Component strategy, List<String> path, Object value) {
        Optional<String> wrong = strategy.type().equals("HostOption")
                ? host(Values.str(value), strategy.truth("scheme_allowed", false))
                : names(strategy, value);
        wrong.ifPresent(why -> {
            throw refused(String.join(".", path), why);
        });
    }

    private static Optional<String> host(String text, boolean schemeAllowed) {
        int scheme = text.indexOf("://");
        if (scheme >= 0 && (!schemeAllowed || !Set.of("http", "https").contains(text.substring(0, scheme)))) {
            return Optional.of("it has to be a host" + (schemeAllowed ? ", or one behind http:// or https://" : ""));
        }
        String host = scheme >= 0 ? text.substring(scheme + 3) : text;
        boolean plain = host.contains(".") && !host.contains("/");
        return plain ? Optional.empty() : Optional.of("it has to be the name of a host with a dot and without a path");
    }

    /** No two entries of a list may have the same name; with {@code inside} no two in a list of each entry. */
    private static Optional<String> names(Component strategy, Object value) {
        for (Object each : strategy.has("inside") ? Values.items(value) : List.of(value)) {
            Object list = strategy.has("inside") ? Values.member(each, strategy.text("inside")) : each;
            Set<String> seen = new HashSet<>();
            for (Object entry : list instanceof List<?> entries ? Values.asList(entries) : List.of()) {
                String name = Values.str(Values.member(entry, strategy.text("name")));
                if (!seen.add(name)) {
                    return Optional.of("two of its entries have the name " + name);
                }
            }
        }
        return Optional.empty();
    }

    private static ProblemException refused(String place, String why) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, "the option " + place + " is not what the connector demands")
                .at(place)
                .because(why)
                .exception();
    }
}
