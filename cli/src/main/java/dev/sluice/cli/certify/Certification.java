package dev.sluice.cli.certify;

import dev.sluice.cli.kit.Kit;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.Side;
import dev.sluice.engine.certify.ContractSuites;
import dev.sluice.engine.certify.ContractSuites.Finding;
import dev.sluice.engine.certify.ContractSuites.Findings;
import dev.sluice.engine.certify.ContractSuites.Subject;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds one connector against its contract, with a configuration out of a project. */
public final class Certification {
    private static final String SCRATCH = "sluice_certify_";
    private static final int LEAST_SECRET = 6;

    /** Where a connector that is a program has its own options. */
    private static final String OWN = "config";

    private final Session session;
    private final Project project;
    private final Consumer<Finding> heard;

    /**
     * Prepares.
     *
     * @param project has the connector as its source or destination {@code subject}
     * @param heard hears of each finding as it comes
     */
    public Certification(Session session, Project project, Consumer<Finding> heard) {
        this.session = session;
        this.project = project;
        this.heard = heard;
    }

    /** Runs the suite of sources. */
    public Findings source(String entry, @Nullable String stream, long mostRows) {
        Side<SourceConnector> side =
                session.source(project, Objects.requireNonNull(project.sources().get(entry)));
        Subject<Source> subject = subject(side.connector(), side.endpoint().config(), side.connector()::open);
        try (Suites suites = Suites.load(Kit.here())) {
            ContractSuites contracts = suites.suites();
            return contracts.source(subject, stream == null ? null : id(stream, subject), mostRows, heard);
        }
    }

    /** Runs the suite of destinations. */
    public Findings destination(String entry) {
        Side<DestinationConnector> side = session.destination(
                project, Objects.requireNonNull(project.destinations().get(entry)));
        Subject<Destination> subject = subject(side.connector(), side.endpoint().config(), side.connector()::open);
        String scratch = SCRATCH + Long.toString(new SecureRandom().nextLong(1L << 40), 36);
        try (Suites suites = Suites.load(Kit.here())) {
            return suites.suites().destination(subject, scratch, heard);
        }
    }

    /** What the destination promises of each row that is appended, in words. */
    public String guarantee(String entry) {
        Side<DestinationConnector> side = session.destination(
                project, Objects.requireNonNull(project.destinations().get(entry)));
        try (Destination destination = side.connector().open(side.endpoint().config(), new Quiet())) {
            DestinationSyncMode mode = destination.traits().modes().contains(DestinationSyncMode.APPEND)
                    ? DestinationSyncMode.APPEND
                    : DestinationSyncMode.OVERWRITE;
            TargetSpec spec = new TargetSpec(
                    new Owner("certify", "certify", false),
                    StreamId.of("rows"),
                    new TargetName(null, SCRATCH + "rows"),
                    Schema.of(new Field("id", new DataType.IntType(64))),
                    new WriteMode(mode, List.of(), null),
                    new Generation(1, mode.overwrites() ? 1 : 0, 1));
            return destination.plan(spec).guarantee().words();
        }
    }

    /** A name with a dot may be one with a namespace, so the catalog is asked. */
    private static StreamId id(String stream, Subject<Source> subject) {
        try (Source source = subject.open().apply(new Quiet())) {
            List<StreamId> all = source.discover(new DiscoverScope.All()).streams().stream()
                    .map(CatalogStream::id)
                    .toList();
            return all.stream()
                    .filter(each -> each.toString().equals(stream))
                    .findFirst()
                    .orElse(StreamId.of(stream));
        }
    }

    private static <C> Subject<C> subject(
            Connector connector, Config config, BiFunction<Config, ConnectorContext, C> open) {
        if (connector.runsPrograms()) {
            return program(connector, config, open);
        }
        BadConfigs bad = BadConfigs.of(connector.spec(), config);
        return new Subject<>(
                context -> open.apply(config, context),
                opened(bad.wrong(), open),
                opened(bad.hostile(), open),
                secrets(connector.spec(), config));
    }

    /** A program says itself what it wants, which is one option of ours; how it refuses what it does not want is up to it. */
    private static <C> Subject<C> program(
            Connector connector, Config config, BiFunction<Config, ConnectorContext, C> open) {
        Object told = Json.read(connector.describe(config, new Quiet()));
        Object spec = told instanceof Map<?, ?> map ? map.get("connectionSpecification") : null;
        Config own = Config.of(values(config.values().get(OWN)));
        String ownSpec = Json.line(spec == null ? Map.of() : spec);
        BadConfigs bad = BadConfigs.of(ownSpec, own);
        Map<String, Config> all = new LinkedHashMap<>(bad.wrong());
        all.putAll(bad.hostile());
        all.replaceAll((name, each) -> {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(config.values());
            values.put(OWN, each.values());
            return Config.of(values);
        });
        return new Subject<>(
                context -> open.apply(config, context), Map.of(), opened(all, open), secrets(ownSpec, own));
    }

    private static Map<String, @Nullable Object> values(@Nullable Object value) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> values.put(String.valueOf(name), each));
        }
        return values;
    }

    private static <C> Map<String, Function<ConnectorContext, C>> opened(
            Map<String, Config> configs, BiFunction<Config, ConnectorContext, C> open) {
        Map<String, Function<ConnectorContext, C>> opened = new LinkedHashMap<>();
        configs.forEach((name, config) -> opened.put(name, context -> open.apply(config, context)));
        return opened;
    }

    /** The values of secret options at the top, as far as they are long enough to be told from other words. */
    private static Set<String> secrets(String spec, Config config) {
        if (!(Json.read(spec) instanceof Map<?, ?> schema)
                || !(schema.get("properties") instanceof Map<?, ?> options)) {
            return Set.of();
        }
        return options.entrySet().stream()
                .filter(option ->
                        option.getValue() instanceof Map<?, ?> said && Boolean.TRUE.equals(said.get("airbyte_secret")))
                .map(option -> String.valueOf(config.values().get(String.valueOf(option.getKey()))))
                .filter(value -> value.length() >= LEAST_SECRET)
                .collect(Collectors.toSet());
    }

    /** A host that nobody listens to. */
    private static final class Quiet implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {
            // The same is said again when the stream is read.
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
