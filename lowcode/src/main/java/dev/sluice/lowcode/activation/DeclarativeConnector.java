package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.LocalDates;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A connector to a system with a schema of its own that a definition describes. */
public class DeclarativeConnector implements DestinationConnector {
    /** The option that all these destinations have besides their own. */
    static final String CHANGES = "detect_changes";

    private final String name;
    private final Supplier<Component> definition;

    /**
     * The connector of a definition.
     *
     * @param name its name for people and for states, such as the file without its ending
     * @param place what messages call the definition
     * @param text the definition
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it cannot be used, with all mistakes
     */
    public DeclarativeConnector(String name, String place, String text) {
        this.name = name;
        Component root = DestinationFormat.read(place, text);
        this.definition = () -> root;
    }

    /**
     * The connector of a definition that is shipped, and is read when somebody needs it.
     *
     * @param name its name, which is that of the file
     */
    protected DeclarativeConnector(String name) {
        this.name = name;
        this.definition = () -> DestinationFormat.read(name, shipped(name + ".yaml"));
    }

    private static String shipped(String file) {
        try (InputStream in = DeclarativeConnector.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no definition " + file + " is shipped");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String title() {
        return definition.get().text("title", name);
    }

    @Override
    public final String summary() {
        Component root = definition.get();
        return root.text("description", "Writes objects of " + root.text("title", name) + ".")
                .strip();
    }

    @Override
    public final String spec() {
        Component root = definition.get();
        Map<Object, Object> spec = new LinkedHashMap<>(Values.mapOrEmpty(root.optional("spec")
                .map(own -> own.raw("connection_specification"))
                .orElse(Map.of())));
        spec.putIfAbsent("type", "object");
        Map<Object, Object> properties =
                new LinkedHashMap<>(Values.mapOrEmpty(spec.getOrDefault("properties", Map.of())));
        Map<Object, Object> changes = new LinkedHashMap<>();
        changes.put("type", "boolean");
        changes.put("title", "Send only what has changed");
        changes.put(
                "description",
                "Remember what each object looked like when it was sent, and send it again only if it looks"
                        + " otherwise.");
        changes.put("default", true);
        changes.put("order", 1000L);
        properties.putIfAbsent(CHANGES, changes);
        spec.put("properties", properties);
        return JsonValues.write(LocalDates.asTexts(spec));
    }

    @Override
    public final Set<DestinationSyncMode> modes() {
        return ObjectList.modes(definition.get());
    }

    @Override
    public final Optional<Config> fromUri(String uri) {
        return Optional.empty();
    }

    /** The options that have to be given. */
    static List<String> required(Component root) {
        Object required = Values.member(
                root.optional("spec")
                        .map(own -> own.raw("connection_specification"))
                        .orElse(Map.of()),
                "required");
        return required instanceof List<?> list
                ? Values.asList(list).stream().map(Values::str).toList()
                : List.of();
    }

    @Override
    public final Destination open(Config config, ConnectorContext context) {
        return open(config, context, Surroundings.IN_REAL_TIME);
    }

    /** The same destination, which waits as it is told. */
    final Destination open(Config config, ConnectorContext context, Surroundings.Waiting waiting) {
        return open(config, context, waiting, new Transport());
    }

    /** The same destination over a transport that somebody looks at. */
    final Destination open(Config config, ConnectorContext context, Surroundings.Waiting waiting, Transport transport) {
        return new DeclarativeDestination(
                name, definition.get(), config, context, new DeclarativeDestination.Network(waiting, transport));
    }
}
