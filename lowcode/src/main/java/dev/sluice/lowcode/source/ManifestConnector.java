package dev.sluice.lowcode.source;

import dev.sluice.lowcode.http.Places;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A connector that a manifest defines. */
public final class ManifestConnector implements SourceConnector {
    private final String name;
    private final Manifest manifest;
    private final Places places;

    /**
     * The connector of a manifest.
     *
     * @param name its name for people and for states, such as the file without its ending
     * @param place what messages call the manifest
     * @param text the manifest
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it cannot be used
     */
    public ManifestConnector(String name, String place, String text) {
        this(name, place, text, path -> Optional.empty());
    }

    /**
     * The connector of a manifest that lies in a folder.
     *
     * @param beside reads a text file by its path from that folder, such as a schema; whoever gives it keeps it to that folder
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it cannot be used
     */
    public ManifestConnector(String name, String place, String text, Function<String, Optional<String>> beside) {
        this.name = name;
        this.manifest = Manifest.read(place, text);
        this.places = new Places(downloads(), beside);
    }

    /**
     * A manifest as JSON, as programs pass it on; what it refers to inside of itself stays as it is.
     *
     * @param place what messages call the manifest
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is no YAML
     */
    public static String asJson(String place, String text) {
        return Manifest.asJson(place, text);
    }

    /**
     * A manifest that is JSON as YAML for people.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is no map
     */
    public static String asYaml(String place, String json) {
        return Manifest.asYaml(place, json);
    }

    /** The connectors whose Python classes this engine has itself, by their names without {@code source-}. */
    public static Set<String> withPorts() {
        return Manifest.withPorts();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public String summary() {
        return "Reads what the manifest " + manifest.name() + " describes.";
    }

    @Override
    public String spec() {
        return manifest.specification();
    }

    /** A manifest is named in a project file, not by an address. */
    @Override
    public Optional<Config> fromUri(String uri) {
        return Optional.empty();
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return open(config, context, Surroundings.IN_REAL_TIME, places.downloads());
    }

    /** Where files go that streams fetch: a folder that whoever runs this names, as the Airbyte protocol calls it. */
    private static Optional<Path> downloads() {
        return Optional.ofNullable(System.getenv("AIRBYTE_STAGING_DIRECTORY"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).toAbsolutePath().normalize());
    }

    /** The same source, which waits as it is told, and keeps files in this folder. */
    Source open(Config config, ConnectorContext context, Surroundings.Waiting waiting, Optional<Path> downloads) {
        return new ManifestSource(manifest, config, context, waiting, places.into(downloads));
    }
}
