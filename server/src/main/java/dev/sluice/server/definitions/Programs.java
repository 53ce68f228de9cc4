package dev.sluice.server.definitions;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connectors that are programs of their own, as the references of versions hold them. */
public final class Programs {
    /** What a reference calls the place of an image. */
    public static final String REPOSITORY = "dockerRepository";

    /** What a reference calls the version of an image. */
    public static final String TAG = "dockerImageTag";

    private static final String PACKAGE = "package";
    private static final String VERSION = "version";
    private static final String COMMAND = "command";
    private static final String OPTIONS = "options";
    private static final String AUTH = "advancedAuth";

    private Programs() {}

    /** An image. */
    public static Map<String, Object> image(String repository, String tag) {
        return new LinkedHashMap<>(Map.of(REPOSITORY, repository, TAG, tag));
    }

    /** A package of PyPI or npm. */
    public static Map<String, Object> ofPackage(String name, String version) {
        return new LinkedHashMap<>(Map.of(PACKAGE, name, VERSION, version));
    }

    /** A program of this machine, with its first arguments. */
    public static Map<String, Object> command(List<String> line) {
        return new LinkedHashMap<>(Map.of(COMMAND, List.copyOf(line)));
    }

    /**
     * The same reference with what the host has to know of the connector and cannot ask it, such as {@code generations}.
     *
     * @param options as the plug-in for programs takes them
     */
    public static Map<String, Object> with(Map<String, Object> reference, Map<String, ?> options) {
        Map<String, Object> more = new LinkedHashMap<>(reference);
        if (!options.isEmpty()) {
            more.put(OPTIONS, options);
        }
        return more;
    }

    /** The same reference with another version; a command has none. */
    public static Map<String, Object> at(Json reference, String version) {
        Map<String, Object> other = members(reference);
        other.remove(AUTH);
        other.computeIfPresent(TAG, (_, _) -> version);
        other.computeIfPresent(VERSION, (_, _) -> version);
        return other;
    }

    /** What a connector says of signing in to its service, kept beside what to run. */
    public static Json signed(Map<String, Object> reference, @Nullable Object advancedAuth) {
        Map<String, Object> more = new LinkedHashMap<>(reference);
        if (advancedAuth != null) {
            more.put(AUTH, advancedAuth);
        }
        return new Json(JsonText.write(more));
    }

    /** What a connector says of signing in to its service; null if nothing. */
    public static @Nullable Object advancedAuth(DefinitionVersion version) {
        Object said = JsonText.object(version.reference().text()).get(AUTH);
        return said == null ? Manifests.advancedAuth(version) : said;
    }

    /** What the plug-in for programs is told, without the configuration of the connector itself. */
    public static Map<String, Object> launch(Origin origin, Json reference) {
        Map<String, Object> members = members(reference);
        Map<String, Object> launch = new LinkedHashMap<>();
        switch (origin) {
            case IMAGE -> launch.put("docker", members.get(REPOSITORY) + ":" + members.get(TAG));
            case PYPI -> launch.put("pypi", members.get(PACKAGE) + "==" + members.get(VERSION));
            case NPM -> launch.put("npm", members.get(PACKAGE) + "@" + members.get(VERSION));
            case COMMAND -> launch.put(COMMAND, members.getOrDefault(COMMAND, List.of()));
            case BUILTIN, MANIFEST -> throw new IllegalArgumentException(origin + " is no program");
        }
        if (members.get(OPTIONS) instanceof Map<?, ?> options) {
            options.forEach((name, value) -> launch.put(String.valueOf(name), value));
        }
        return launch;
    }

    private static Map<String, Object> members(Json reference) {
        Map<String, Object> members = new LinkedHashMap<>();
        JsonText.object(reference.text()).forEach((name, value) -> {
            if (value != null) {
                members.put(name, value);
            }
        });
        return members;
    }
}
