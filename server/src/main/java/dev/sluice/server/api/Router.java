package dev.sluice.server.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. A fixed part of a path goes before a name; a slash at the end makes no difference. */
public final class Router {
    private final List<Entry> entries = new ArrayList<>();

    /** A route below a prefix. */
    record Entry(String prefix, Route route, List<String> parts) {}

    /** A route that was found, with the named parts of the path. */
    record Found(Entry entry, Map<String, String> names) {}

    /** Adds routes below each of some prefixes. */
    public Router add(List<String> prefixes, List<Route> routes) {
        for (String prefix : prefixes) {
            for (Route route : routes) {
                entries.add(new Entry(prefix, route, parts(prefix + route.path())));
            }
        }
        return this;
    }

    List<Entry> entries() {
        return entries;
    }

    /**
     * The route for a request.
     *
     * @throws Refusal if there is none for the path (404), or none with this method (405)
     */
    Found find(String method, String path) {
        List<String> parts = parts(path);
        boolean isThere = false;
        Optional<Found> best = Optional.empty();
        for (Entry entry : entries) {
            Map<String, String> names = names(entry.parts(), parts);
            if (names != null) {
                isThere = true;
                if (entry.route().method().equals(method)
                        && best.filter(found -> found.names().size() <= names.size())
                                .isEmpty()) {
                    best = Optional.of(new Found(entry, names));
                }
            }
        }
        if (best.isEmpty()) {
            throw isThere
                    ? Refusal.of(405, "method-not-allowed", "this path does not know " + method)
                    : Refusal.notFound("path", path);
        }
        return best.get();
    }

    private static @Nullable Map<String, String> names(List<String> template, List<String> parts) {
        if (template.size() != parts.size()) {
            return null;
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = template.get(i);
            if (part.startsWith("{")) {
                names.put(part.substring(1, part.length() - 1), parts.get(i));
            } else if (!part.equals(parts.get(i))) {
                return null;
            }
        }
        return names;
    }

    private static List<String> parts(String path) {
        String inner = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(inner.split("/", -1));
    }
}
