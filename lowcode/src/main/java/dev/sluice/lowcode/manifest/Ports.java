package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Puts what this engine has itself in the place of the Python classes that manifests of known connectors name. A port is data: a
 * file a connector says for each class which component does the same, and with which fields. A class without one stays as it
 * is, and whoever needs it says so.
 */
final class Ports {
    private static final String FOLDER = "/dev/sluice/lowcode/ports/";
    private static final String SHARED_PACKAGE = "source_declarative_manifest";
    private static final Set<String> ADDRESSES = Set.of("url", "url_base", "path", "token_refresh_endpoint");
    /** What nobody reads once it is resolved. */
    private static final Set<String> INERT = Set.of("definitions", "schemas", "metadata");

    private final Optional<Connector> host;

    private Ports(Optional<Connector> host) {
        this.host = host;
    }

    /**
     * The ports of a connector.
     *
     * @param name its name
     * @param addresses texts that stand in the addresses of its manifest and in those of no other
     * @param classes what does the same as each of its classes
     */
    record Connector(String name, List<String> addresses, Map<String, Map<Object, Object>> classes) {
        private static Connector read(String name) {
            Map<Object, Object> file = Values.mapOrEmpty(YamlDocument.read(name, text(name + ".yaml")));
            Map<String, Map<Object, Object>> classes = new LinkedHashMap<>();
            Values.mapOrEmpty(Values.member(file, "classes"))
                    .forEach((key, port) -> classes.put(Values.str(key), Values.mapOrEmpty(port)));
            List<String> addresses = Values.items(Values.member(file, "addresses")).stream()
                    .map(Values::str)
                    .toList();
            return new Connector(name, addresses, classes);
        }
    }

    /** Read when the first manifest with a class comes. */
    private static final class Known {
        private static final Map<String, Connector> ALL = read();

        private static Map<String, Connector> read() {
            Map<String, Connector> all = new LinkedHashMap<>();
            text("connectors.txt").lines().forEach(name -> all.put(name, Connector.read(name)));
            return all;
        }
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(Ports.class.getResourceAsStream(FOLDER + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The connectors that have ports. */
    static Map<String, Connector> all() {
        return Known.ALL;
    }

    /** A manifest with ports in the place of the classes that have one. */
    static Map<Object, Object> applied(Map<Object, Object> manifest) {
        Set<String> packages = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        collect(manifest, packages, addresses);
        if (packages.isEmpty()) {
            return manifest;
        }
        Optional<Connector> host = packages.contains(SHARED_PACKAGE)
                ? Known.ALL.values().stream()
                        .filter(each -> each.addresses().stream()
                                .anyMatch(text -> addresses.stream().anyMatch(address -> address.contains(text))))
                        .findFirst()
                : Optional.empty();
        return new Ports(host).map(manifest);
    }

    private static void collect(Object value, Set<String> packages, Set<String> addresses) {
        switch (value) {
            case Map<?, ?> map ->
                Values.asMap(map).forEach((key, each) -> {
                    if (each instanceof String text) {
                        if (key.equals("class_name")) {
                            packages.add(text.strip().replaceFirst("\\..*", ""));
                        } else if (ADDRESSES.contains(Values.str(key))) {
                            addresses.add(text);
                        }
                    } else if (!INERT.contains(Values.str(key))) {
                        collect(each, packages, addresses);
                    }
                });
            case List<?> list -> Values.asList(list).forEach(each -> collect(each, packages, addresses));
            default -> {}
        }
    }

    private Object inside(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map(Values.asMap(map));
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                Values.asList(list).forEach(each -> copy.add(inside(each)));
                yield copy;
            }
            default -> value;
        };
    }

    private Map<Object, Object> map(Map<Object, Object> node) {
        Map<Object, Object> result = new LinkedHashMap<>();
        node.forEach((key, value) -> result.put(key, INERT.contains(Values.str(key)) ? value : inside(value)));
        boolean custom = node.get("type") instanceof String type && type.startsWith("Custom");
        if (custom && node.get("class_name") instanceof String name) {
            port(name.strip()).ifPresent(port -> {
                result.remove("class_name");
                result.put("type", Objects.requireNonNull(port.get("type")));
                // What the manifest says itself counts.
                port.forEach((key, value) -> result.putIfAbsent(key, Values.copy(value)));
            });
        }
        return result;
    }

    private Optional<Map<Object, Object>> port(String name) {
        String first = name.replaceFirst("\\..*", "");
        Optional<Connector> connector = first.equals(SHARED_PACKAGE)
                ? host
                : Optional.ofNullable(
                        Known.ALL.get(first.replaceFirst("^source_", "").replace('_', '-')));
        return connector.map(each -> each.classes().get(name.substring(name.lastIndexOf('.') + 1)));
    }
}
