package dev.sluice.server.runs;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.Endpoint;
import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.RunLimits;
import dev.sluice.engine.connection.SchemaRule;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.HashMethod;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Naming;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engine's connection of the server's. The settings of a stream are those of the public API: {@code cursorField},
 * {@code primaryKey}, {@code selectedFields}, {@code mappers}, {@code destinationObjectName}. What cannot be done is
 * refused and never left out.
 */
final class Settings {
    private Settings() {}

    /**
     * The connection for a run.
     *
     * @param streams the streams that are meant
     * @param time how long the run may take
     */
    static Connection connection(
            dev.sluice.server.connections.Connection connection,
            Endpoint source,
            Endpoint destination,
            List<ConnectionStream> streams,
            Duration time) {
        Naming naming = connection.settings().naming();
        SchemaRules schema = connection.settings().schemaRules();
        // Attempt follows attempt here, so that what waits holds neither a place in the queue nor a connection.
        RunLimits limits = RunLimits.USUAL.with(RetryLimits.NONE).withTotal(time);
        ConnectionRules rules = ConnectionRules.USUAL
                .with(rule(schema.reaction()))
                .withBackfill(schema.backfill())
                .with(limits);
        List<StreamSettings> settings = new ArrayList<>();
        for (ConnectionStream stream : streams) {
            settings.add(settings(stream));
        }
        return new Connection(
                connection.name(), source, destination, namespace(naming), naming.prefix(), settings, rules);
    }

    private static SchemaRule rule(SchemaRules.Reaction reaction) {
        return switch (reaction) {
            case IGNORE -> SchemaRule.IGNORE;
            case DISABLE_CONNECTION -> SchemaRule.PAUSE;
            case PROPAGATE_COLUMNS -> SchemaRule.PROPAGATE_COLUMNS;
            case PROPAGATE_FULLY -> SchemaRule.PROPAGATE_FULLY;
        };
    }

    private static NamespaceRule namespace(Naming naming) {
        return switch (naming.definition()) {
            case DESTINATION -> new NamespaceRule.Destination();
            case SOURCE -> new NamespaceRule.Source();
            case CUSTOM_FORMAT -> new NamespaceRule.Custom(Objects.requireNonNullElse(naming.format(), ""));
        };
    }

    private static StreamSettings settings(ConnectionStream stream) {
        Map<String, @Nullable Object> settings =
                JsonText.object(stream.settings().text());
        StreamMode mode = StreamMode.of(stream.syncMode())
                .orElseThrow(() -> wrong(stream, "there is no sync mode " + stream.syncMode()));
        List<String> cursor = texts(settings.get("cursorField"), stream);
        List<FieldPath> key = new ArrayList<>();
        for (Object path : list(settings.get("primaryKey"), stream)) {
            key.add(new FieldPath(texts(path, stream)));
        }
        Object alias = settings.get("destinationObjectName");
        return new StreamSettings(
                stream.stream().toString(),
                mode,
                cursor.isEmpty() ? null : new FieldPath(cursor),
                key,
                fields(settings, stream),
                alias == null ? null : alias.toString(),
                RowRules.USUAL.with(mappers(settings, stream)));
    }

    private static FieldSelection fields(Map<String, @Nullable Object> settings, ConnectionStream stream) {
        List<String> names = new ArrayList<>();
        for (Object selected : list(settings.get("selectedFields"), stream)) {
            List<String> path = texts(selected instanceof Map<?, ?> map ? map.get("fieldPath") : null, stream);
            if (path.size() != 1) {
                throw wrong(stream, "fields are selected as a whole, each by a path of one name");
            }
            names.add(path.getFirst());
        }
        return names.isEmpty() ? new FieldSelection.All() : new FieldSelection.Include(names);
    }

    private static List<MapperSetting> mappers(Map<String, @Nullable Object> settings, ConnectionStream stream) {
        List<MapperSetting> mappers = new ArrayList<>();
        for (Object each : list(settings.get("mappers"), stream)) {
            if (!(each instanceof Map<?, ?> mapper
                    && mapper.get("mapperConfiguration") instanceof Map<?, ?> configuration)) {
                throw wrong(stream, "a mapper has a type and a mapperConfiguration");
            }
            mappers.add(MapperSetting.of(mapper(String.valueOf(mapper.get("type")), configuration, stream)));
        }
        return mappers;
    }

    private static MapperSpec mapper(String type, Map<?, ?> configuration, ConnectionStream stream) {
        return switch (type) {
            case "hashing" -> {
                Object method = configuration.get("method");
                Object suffix = configuration.get("fieldNameSuffix");
                yield new MapperSpec.Hash(
                        text(configuration, "targetField", stream),
                        HashMethod.of(method == null ? HashMethod.SHA_256.key() : method.toString())
                                .orElseThrow(() -> wrong(stream, "there is no digest " + method)),
                        suffix == null ? MapperSpec.Hash.SUFFIX : suffix.toString(),
                        null);
            }
            case "field-renaming" ->
                new MapperSpec.Rename(
                        text(configuration, "originalFieldName", stream), text(configuration, "newFieldName", stream));
            case "field-filtering" -> new MapperSpec.Remove(text(configuration, "targetField", stream));
            default -> throw wrong(stream, "the server does not know mappers of the type " + type);
        };
    }

    private static String text(Map<?, ?> configuration, String name, ConnectionStream stream) {
        Object value = configuration.get(name);
        if (value == null || value.toString().isEmpty()) {
            throw wrong(stream, "a mapper needs a " + name);
        }
        return value.toString();
    }

    private static List<?> list(@Nullable Object value, ConnectionStream stream) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default ->
                throw wrong(
                        stream,
                        "a list is needed in the place of " + value.getClass().getSimpleName());
        };
    }

    private static List<String> texts(@Nullable Object value, ConnectionStream stream) {
        return list(value, stream).stream().map(String::valueOf).toList();
    }

    private static ProblemException wrong(ConnectionStream stream, String why) {
        return Problem.of("E_STREAM_SETTINGS", ProblemKind.CONFIG, "the settings of a stream do not make sense")
                .at(stream.stream().toString())
                .because(why)
                .fix("change the settings of the stream")
                .exception();
    }
}
