package dev.sluice.cli.session;

import dev.sluice.cli.project.EndpointEntry;
import dev.sluice.cli.project.References;
import dev.sluice.cli.text.Redactor;
import dev.sluice.engine.connection.Endpoint;
import dev.sluice.engine.plugin.Addressed;
import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes sides of connections from the project file and from addresses, and tells the redactor of their secrets. */
final class Sides {
    private static final Pattern PASSWORD = Pattern.compile("(?<=://)([^/@:]*):([^/@]*)@");

    private final ConnectorRegistry registry;
    private final Redactor redactor;
    private final Consumer<String> warn;

    Sides(ConnectorRegistry registry, Redactor redactor, Consumer<String> warn) {
        this.warn = warn;
        this.registry = registry;
        this.redactor = redactor;
    }

    Side<SourceConnector> source(EndpointEntry entry, References references, Path directory) {
        Supplier<SourceConnector> find = () -> entry.manifest()
                .map(manifest -> ManifestFile.connector(manifest, directory, warn))
                .orElseGet(() -> registry.source(entry.connector()));
        return side(entry, named(entry, find), references, directory);
    }

    Side<DestinationConnector> destination(EndpointEntry entry, References references, Path directory) {
        Supplier<DestinationConnector> find = () -> entry.manifest()
                .map(definition -> ManifestFile.destination(definition, directory))
                .orElseGet(() -> registry.destination(entry.connector()));
        return side(entry, named(entry, find), references, directory);
    }

    Side<SourceConnector> sourceAt(String uri, Path directory) {
        learnPassword(uri, redactor);
        return side(registry.sourceAt(uri), uri, directory);
    }

    Side<DestinationConnector> destinationAt(String uri, Path directory) {
        learnPassword(uri, redactor);
        return side(registry.destinationAt(uri), uri, directory);
    }

    /** Before anybody has understood the address: messages about it must not show the password either. */
    static void learnPassword(String uri, Redactor redactor) {
        Matcher matcher = PASSWORD.matcher(uri);
        while (matcher.find()) {
            String encoded = matcher.group(2);
            redactor.add(encoded);
            try {
                redactor.add(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notEncoded) {
                // Then it stands there in the clear, which is learned already.
            }
        }
    }

    /** An address without the password in it. */
    static String withoutPassword(String uri) {
        return PASSWORD.matcher(uri).replaceAll("$1@");
    }

    private static <C> C named(EndpointEntry entry, Supplier<C> find) {
        try {
            return find.get();
        } catch (ProblemException unknown) {
            throw unknown.problem().where() == null
                    ? unknown.problem().at(entry.place().toString()).exception(unknown.getCause())
                    : unknown;
        }
    }

    private <C extends Connector> Side<C> side(
            EndpointEntry entry, C connector, References references, Path directory) {
        return side(
                connector,
                entry.name(),
                entry.name(),
                entry.config(references),
                directory,
                option -> entry.place(option).toString());
    }

    private <C extends Connector> Side<C> side(Addressed<C> addressed, String uri, Path directory) {
        String words = withoutPassword(uri);
        C connector = addressed.connector();
        return side(
                connector,
                connector.name(),
                words,
                addressed.config(),
                directory,
                option -> words + " (" + option + ")");
    }

    private <C extends Connector> Side<C> side(
            C connector, String name, String words, Config config, Path directory, UnaryOperator<String> placed) {
        OptionSpec spec = OptionSpec.of(connector.spec());
        spec.secrets(config).forEach(redactor::add);
        Config absolute = spec.withAbsolutePaths(config, directory);
        return new Side<>(
                connector,
                new Endpoint(name, connector.name(), absolute),
                words,
                spec.publicPart(absolute),
                spec.path(absolute),
                placed,
                null);
    }

    /** Learns the secrets of a configuration that a connector has given itself. */
    static void learn(Connector connector, Config config, Redactor redactor) {
        OptionSpec.of(connector.spec()).secrets(config).forEach(redactor::add);
    }
}
