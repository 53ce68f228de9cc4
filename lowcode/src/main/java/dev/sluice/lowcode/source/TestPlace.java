package dev.sluice.lowcode.source;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.stream.StreamList;
import dev.sluice.lowcode.trial.Exchanges;
import dev.sluice.lowcode.trial.WireLog;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the part of a manifest that a problem of a test comes from. */
final class TestPlace {
    private final Component root;
    private final @Nullable Component stream;
    private final Function<String, Optional<Component>> components;

    TestPlace(Component root, @Nullable Component stream, Function<String, Optional<Component>> components) {
        this.root = root;
        this.stream = stream;
        this.components = components;
    }

    /** A place as a path; what was made by a template is found in the template. */
    static String path(String where, Component root) {
        List<Component> templates = root.has("dynamic_streams") ? root.all("dynamic_streams") : List.of();
        for (int i = 0; i < templates.size(); i++) {
            String made = "/dynamic_streams/" + i + "/" + StreamList.group(templates.get(i), i);
            if ((where + "/").startsWith(made + "/")) {
                return Exchanges.path("/dynamic_streams/" + i + "/stream_template" + where.substring(made.length()));
            }
        }
        return Exchanges.path(where);
    }

    /** The path; null if no part is known. */
    @Nullable
    String of(Problem problem, List<WireLog.Seen> seen) {
        String where = Objects.requireNonNullElse(problem.where(), "");
        if (where.startsWith("/")) {
            return path(where, root);
        }
        Component home = stream;
        String base = home == null ? "" : home.where();
        if (problem.code().equals("E_TEMPLATE") && !where.isEmpty()) {
            String found = home == null ? null : template(home.values(), base, where);
            String anywhere = found == null ? template(root.values(), "", where) : found;
            return anywhere == null ? nullIfEmpty(base) : path(anywhere, root);
        }
        if (problem.code().equals("E_PAGINATION") && home != null) {
            return path(base + "/retriever/paginator", root);
        }
        if (problem.code().equals("E_CONFIG")) {
            return "spec/connection_specification";
        }
        if (!seen.isEmpty() && isOfRequests(problem.code())) {
            return path(asked(problem, seen.getLast()), root);
        }
        boolean refused = problem.code().equals("E_REACH") && home != null;
        return refused ? path(base + "/retriever/requester", root) : nullIfEmpty(base);
    }

    private static boolean isOfRequests(String code) {
        return code.startsWith("E_HTTP_")
                || code.equals("E_AUTH_REFUSED")
                || code.equals("E_RATE_LIMIT")
                || code.equals("E_NOT_RECORDED");
    }

    /** The requester that failed last; its authenticator, if that is what was refused. */
    private String asked(Problem problem, WireLog.Seen last) {
        String requester = last.call().where();
        if (requester.isEmpty()) {
            Component home = stream;
            String own = home == null ? "" : home.where() + "/retriever/requester/authenticator";
            return own.isEmpty() || components.apply(own).isEmpty() ? "" : own;
        }
        boolean refused = problem.code().equals("E_AUTH_REFUSED")
                && components.apply(requester + "/authenticator").isPresent();
        return refused ? requester + "/authenticator" : requester;
    }

    private @Nullable String nullIfEmpty(String where) {
        return where.isEmpty() ? null : path(where, root);
    }

    private static @Nullable String template(Object node, String place, String text) {
        String wanted = text.endsWith("…") ? text.substring(0, text.length() - 1) : text;
        return switch (node) {
            case Map<?, ?> map -> {
                for (Map.Entry<Object, Object> entry : Values.asMap(map).entrySet()) {
                    String name = Values.str(entry.getKey());
                    String found = name.equals("$parameters") || name.equals("definitions")
                            ? null
                            : template(entry.getValue(), place + "/" + name, text);
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
            case List<?> list -> {
                int index = 0;
                for (Object each : Values.asList(list)) {
                    String found = template(each, place + "/" + index++, text);
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
            case String own when own.equals(text) || (!wanted.equals(text) && own.startsWith(wanted)) -> place;
            default -> null;
        };
    }
}
