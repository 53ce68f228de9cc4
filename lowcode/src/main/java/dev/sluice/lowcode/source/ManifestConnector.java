package dev.sluice.lowcode.source;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** A connector that a manifest defines. */
public final class ManifestConnector implements SourceConnector {
    private final String name;
    private final Manifest manifest;

    /**
     * The connector of a manifest.
     *
     * @param name its name for people and for states, such as the file without its ending
     * @param place what messages call the manifest
     * @param text the manifest
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it cannot be used
     */
    public ManifestConnector(String name, String place, String text) {
        this.name = name;
        this.manifest = Manifest.read(place, text);
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
        return open(config, context, Surroundings.IN_REAL_TIME);
    }

    /** The same source, which waits as it is told. */
    Source open(Config config, ConnectorContext context, Surroundings.Waiting waiting) {
        return new ManifestSource(manifest, config, context, waiting);
    }
}
