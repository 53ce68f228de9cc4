package dev.sluice.server.drift;

import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.schemas.StreamUse;
import dev.sluice.server.store.Json;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.SyncMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What connections have chosen of streams, and what remains of that when these are others. */
final class Choices {
    private static final String CURSOR = "cursorField";
    private static final String KEY = "primaryKey";
    private static final String FIELDS = "selectedFields";
    private static final String DEDUPED = "deduped";

    private Choices() {}

    /** What a connection needs of a stream. */
    static StreamUse use(ConnectionStream chosen, @Nullable CatalogStream known) {
        Map<String, @Nullable Object> settings =
                JsonText.object(chosen.settings().text());
        boolean incremental = chosen.syncMode().startsWith("incremental");
        FieldPath cursor = incremental ? path(settings.get(CURSOR)) : null;
        if (incremental && cursor == null && known != null && !known.cursor().sourceDefined()) {
            cursor = known.cursor().field();
        }
        List<FieldPath> key = List.of();
        if (chosen.syncMode().contains(DEDUPED)) {
            List<FieldPath> own = paths(settings.get(KEY));
            key = own.isEmpty() && known != null ? known.primaryKey() : own;
        }
        return new StreamUse(cursor, key, incremental);
    }

    /** The names of the columns that a connection has chosen; empty for all. */
    static List<String> columns(ConnectionStream chosen) {
        List<String> columns = new ArrayList<>();
        if (JsonText.object(chosen.settings().text()).get(FIELDS) instanceof List<?> fields) {
            for (Object field : fields) {
                FieldPath path = path(JsonText.members(field).get("fieldPath"));
                if (path != null) {
                    columns.add(path.column());
                }
            }
        }
        return columns;
    }

    /** A stream that nobody has chosen yet, in the way that suits it. */
    static ConnectionStream added(CatalogStream stream) {
        boolean follows = stream.syncModes().contains(SyncMode.INCREMENTAL)
                && stream.cursor().sourceDefined()
                && !stream.primaryKey().isEmpty();
        return new ConnectionStream(
                stream.id(), true, follows ? "incremental_deduped_history" : "full_refresh_overwrite", Json.EMPTY);
    }

    /** The choice without what the stream no longer has: a cursor that is gone, a key that is another one now. */
    static ConnectionStream adapted(ConnectionStream chosen, CatalogStream now) {
        Map<String, @Nullable Object> settings =
                JsonText.object(chosen.settings().text());
        FieldPath cursor = path(settings.get(CURSOR));
        if (cursor != null && isGone(cursor, now)) {
            settings.remove(CURSOR);
        }
        List<FieldPath> key = paths(settings.get(KEY));
        boolean isAnother = !now.primaryKey().isEmpty() && !new HashSet<>(key).equals(new HashSet<>(now.primaryKey()));
        if (!key.isEmpty() && (isAnother || key.stream().anyMatch(part -> isGone(part, now)))) {
            settings.remove(KEY);
        }
        return chosen.with(new Json(JsonText.write(settings)));
    }

    private static boolean isGone(FieldPath path, CatalogStream now) {
        return now.schema().indexOf(path.column()).isEmpty();
    }

    private static List<FieldPath> paths(@Nullable Object value) {
        List<FieldPath> paths = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                FieldPath path = path(each);
                if (path != null) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    private static @Nullable FieldPath path(@Nullable Object value) {
        return value instanceof List<?> parts && !parts.isEmpty()
                ? new FieldPath(parts.stream().map(String::valueOf).toList())
                : null;
    }
}
