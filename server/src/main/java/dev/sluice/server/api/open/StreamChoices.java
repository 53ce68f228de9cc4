package dev.sluice.server.api.open;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.words.StreamWords;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a connection names, held against what its source offers. What is kept of a stream are
 * the words of {@link StreamWords}.
 */
public final class StreamChoices {
    static final String DEFAULT_MODE = "full_refresh_overwrite";

    /** The modes that the engine knows. */
    private static final Set<String> MODES = Set.of(
            DEFAULT_MODE,
            "full_refresh_overwrite_deduped",
            "full_refresh_append",
            "incremental_append",
            "incremental_deduped_history");

    private final Catalog catalog;
    private final Set<StreamId> seen = new HashSet<>();

    private StreamChoices(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The streams of a connection.
     *
     * @param configurations what the client has sent; all streams of the source if it names none
     */
    static List<ConnectionStream> of(Catalog catalog, @Nullable Object configurations) {
        if (configurations instanceof Map<?, ?> map
                && map.get("streams") instanceof List<?> streams
                && !streams.isEmpty()) {
            StreamChoices choices = new StreamChoices(catalog);
            return streams.stream().map(JsonText::members).map(choices::choice).toList();
        }
        return catalog.streams().stream()
                .map(stream -> new ConnectionStream(stream.id(), true, DEFAULT_MODE, Json.EMPTY))
                .toList();
    }

    /** One stream, as a client names it. */
    public static ConnectionStream of(Catalog catalog, Map<String, @Nullable Object> wish) {
        return new StreamChoices(catalog).choice(wish);
    }

    private ConnectionStream choice(Map<String, @Nullable Object> wish) {
        StreamId id = StreamId.of(
                wish.get("namespace") instanceof String namespace && !namespace.isEmpty() ? namespace : null,
                String.valueOf(wish.get("name")));
        CatalogStream stream = catalog.find(id).orElseThrow(() -> Refusal.badRequest("the source has no stream " + id));
        if (!seen.add(id)) {
            throw Refusal.badRequest("the stream " + id + " is named twice");
        }
        String mode = wish.get("syncMode") instanceof String text ? text.toLowerCase(Locale.ROOT) : DEFAULT_MODE;
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String name : StreamWords.NAMES) {
            Object value = wish.get(name);
            if (value != null) {
                settings.put(name, value);
            }
        }
        Json kept = new Json(JsonText.write(settings));
        StreamMode known = StreamMode.of(mode).orElse(null);
        if (known != null && (settings.containsKey("mappedFields") || known.isActivation())) {
            StreamWords.settings(id.toString(), mode, settings); // refuses what makes no sense
            return new ConnectionStream(id, true, StreamWords.mode(known), kept);
        }
        if (!MODES.contains(mode)) {
            throw Refusal.badRequest("the destination does not support the mode " + mode + " of the stream " + id);
        }
        StreamWords.settings(id.toString(), mode, settings); // refuses what makes no sense
        List<FieldPath> cursor =
                paths(wish.get("cursorField") instanceof List<?> path && !path.isEmpty() ? List.of(path) : List.of());
        List<FieldPath> key = paths(wish.get("primaryKey"));
        if (mode.startsWith("incremental")) {
            requireCursor(stream, cursor);
        }
        if (mode.endsWith("deduped") || mode.endsWith("deduped_history")) {
            requireKey(stream, key);
        }
        requireFields(stream, cursor);
        requireFields(stream, key);
        requireSelected(stream, wish, cursor, key);
        return new ConnectionStream(id, true, mode, kept);
    }

    private static void requireCursor(CatalogStream stream, List<FieldPath> cursor) {
        if (!stream.supportsIncremental()) {
            throw Refusal.badRequest("the stream " + stream.id() + " cannot be read incrementally");
        }
        FieldPath own = stream.cursor().field();
        if (stream.cursor().sourceDefined()) {
            if (!cursor.isEmpty() && own != null && !cursor.getFirst().equals(own)) {
                throw Refusal.badRequest("the source itself says the cursor of the stream " + stream.id());
            }
        } else if (cursor.isEmpty() && own == null) {
            throw Refusal.badRequest("the stream " + stream.id() + " needs a cursorField");
        }
    }

    private static void requireKey(CatalogStream stream, List<FieldPath> key) {
        if (key.isEmpty() && stream.primaryKey().isEmpty()) {
            throw Refusal.badRequest("the stream " + stream.id() + " needs a primaryKey");
        }
    }

    private static void requireFields(CatalogStream stream, List<FieldPath> paths) {
        for (FieldPath path : paths) {
            boolean isThere = stream.schema().fields().stream()
                    .anyMatch(field -> field.name().equals(path.column()));
            if (!isThere) {
                throw Refusal.badRequest("the stream " + stream.id() + " has no field " + path);
            }
        }
    }

    private static void requireSelected(
            CatalogStream stream, Map<String, @Nullable Object> wish, List<FieldPath> cursor, List<FieldPath> key) {
        if (!(wish.get("selectedFields") instanceof List<?> fields) || fields.isEmpty()) {
            return;
        }
        List<FieldPath> selected = paths(fields.stream()
                .map(field -> JsonText.members(field).get("fieldPath"))
                .filter(Objects::nonNull)
                .toList());
        requireFields(stream, selected);
        List<FieldPath> needed = new ArrayList<>(cursor);
        needed.addAll(key.isEmpty() ? stream.primaryKey() : key);
        for (FieldPath path : needed) {
            if (selected.stream().noneMatch(field -> field.column().equals(path.column()))) {
                throw Refusal.badRequest("selectedFields of the stream " + stream.id() + " have to contain " + path);
            }
        }
    }

    private static List<FieldPath> paths(@Nullable Object value) {
        List<FieldPath> paths = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object path : list) {
                if (!(path instanceof List<?> parts) || parts.isEmpty()) {
                    throw Refusal.badRequest("a field is named by a list of texts");
                }
                paths.add(new FieldPath(parts.stream().map(String::valueOf).toList()));
            }
        }
        return paths;
    }

    /** A stream as answers show it; an absent namespace stays absent. */
    static Map<String, Object> shown(ConnectionStream kept) {
        ConnectionStream stream = StreamSecrets.shown(kept);
        Shown shown = new Shown()
                .with("name", stream.stream().name())
                .with("namespace", stream.stream().namespace())
                .with("syncMode", stream.syncMode());
        JsonText.object(stream.settings().text()).forEach(shown::with);
        return shown.object();
    }

    /** What a stream of a source can do. */
    static Map<String, Object> properties(CatalogStream stream) {
        FieldPath cursor = stream.cursor().field();
        List<String> modes = new ArrayList<>(List.of("full_refresh_overwrite", "full_refresh_append"));
        if (!stream.primaryKey().isEmpty()) {
            modes.add("full_refresh_overwrite_deduped");
        }
        if (stream.supportsIncremental()) {
            modes.add("incremental_append");
            modes.add("incremental_deduped_history");
        }
        return new Shown()
                .with("streamName", stream.id().name())
                .with("streamnamespace", stream.id().namespace())
                .with("syncModes", modes)
                .with("defaultCursorField", cursor == null ? List.of() : cursor.parts())
                .with("sourceDefinedCursorField", stream.cursor().sourceDefined())
                .with(
                        "sourceDefinedPrimaryKey",
                        stream.primaryKey().stream().map(FieldPath::parts).toList())
                .with(
                        "propertyFields",
                        stream.schema().fields().stream()
                                .map(field -> List.of(field.name()))
                                .toList())
                .object();
    }
}
