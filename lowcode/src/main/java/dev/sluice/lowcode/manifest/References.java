package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is referred to in the place of references: {@code $ref: "#/a/b"} in a map, whose other members lie over it,
 * and any text that begins with {@code #/}. Targets are looked up in the manifest as it was written.
 */
final class References {
    private static final String KEY = "$ref";
    private static final long MOST_NODES = 5_000_000;

    private final Map<Object, Object> manifest;
    private final Set<String> open = new LinkedHashSet<>();
    private long nodes;

    private References(Map<Object, Object> manifest) {
        this.manifest = manifest;
    }

    static Map<Object, Object> resolve(Map<Object, Object> manifest) {
        References references = new References(manifest);
        return Values.mapOrEmpty(references.resolved(manifest, ""));
    }

    private Object resolved(Object node, String where) {
        if (++nodes > MOST_NODES) {
            throw problem(where, "its references make it a tree of more than " + MOST_NODES + " values");
        }
        return switch (node) {
            case String text when isReference(text) -> target(text, where);
            case Map<?, ?> map -> map(Values.asMap(map), where);
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                for (Object each : list) {
                    copy.add(resolved(each, where + "/" + copy.size()));
                }
                yield copy;
            }
            default -> node;
        };
    }

    private static boolean isReference(String text) {
        return text.startsWith("#/");
    }

    private Object map(Map<Object, Object> map, String where) {
        Map<Object, Object> own = new LinkedHashMap<>();
        for (Map.Entry<Object, Object> entry : map.entrySet()) {
            String place = where + "/" + Values.str(entry.getKey());
            // What a check overrides is configuration of the user's kind and is taken as it stands.
            boolean verbatim = entry.getKey().equals("config_overrides") && where.equals("/check");
            if (!entry.getKey().equals(KEY)) {
                own.put(entry.getKey(), verbatim ? entry.getValue() : resolved(entry.getValue(), place));
            }
        }
        Object reference = map.get(KEY);
        if (reference == null) {
            return own;
        }
        if (!(reference instanceof String text) || !isReference(text)) {
            throw problem(where, "$ref has to be a text that begins with #/");
        }
        Object target = target(text, where);
        if (!(target instanceof Map<?, ?> base)) {
            return target;
        }
        Map<Object, Object> merged = new LinkedHashMap<>(base);
        merged.putAll(own);
        return merged;
    }

    private Object target(String reference, String where) {
        if (!open.add(reference)) {
            throw problem(where, "the reference " + reference + " leads back to itself");
        }
        Object found = find(manifest, reference.substring(2));
        if (found == null) {
            throw problem(where, "there is nothing at " + reference);
        }
        Object target = resolved(found, reference.substring(1));
        open.remove(reference);
        return target;
    }

    /** Follows a path, where a key with slashes in it goes before its parts. */
    private static @Nullable Object find(Object node, String path) {
        Object current = node;
        String rest = path;
        while (true) {
            if (current instanceof Map<?, ?> map) {
                Object whole = map.get(rest);
                if (whole != null) {
                    return whole;
                }
            }
            int slash = rest.indexOf('/');
            String first = slash < 0 ? rest : rest.substring(0, slash);
            Object next = step(current, first);
            if (next == null || slash < 0) {
                return next;
            }
            current = next;
            rest = rest.substring(slash + 1);
        }
    }

    private static @Nullable Object step(Object node, String key) {
        boolean number = key.matches("\\d{1,9}");
        return switch (node) {
            case Map<?, ?> map -> {
                Object found = map.get(key);
                yield found == null && number ? map.get(Long.parseLong(key)) : found;
            }
            case List<?> list when number && Integer.parseInt(key) < list.size() -> list.get(Integer.parseInt(key));
            default -> null;
        };
    }

    private static ProblemException problem(String where, String why) {
        return Problem.of("E_MANIFEST_REF", ProblemKind.CONFIG, "a reference of the manifest cannot be followed")
                .at(where.isEmpty() ? "/" : where)
                .because(why)
                .exception();
    }
}
