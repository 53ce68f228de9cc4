package dev.sluice.server.connections;

import dev.sluice.engine.shelf.RejectFormat;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the rejected records of a connection are put as files, besides being kept here.
 *
 * @param destinationId the destination whose folder or bucket it is
 * @param format the format of the files
 */
public record RejectStore(UUID destinationId, RejectFormat format) {
    private static final String KEY = "rejectStore";
    private static final String DESTINATION = "destinationId";
    private static final String FORMAT = "format";

    public RejectStore {
        Objects.requireNonNull(destinationId);
        Objects.requireNonNull(format);
    }

    /** That of a connection; null for nowhere. */
    public static @Nullable RejectStore of(ConnectionSettings settings) {
        if (!(JsonText.object(settings.more().text()).get(KEY) instanceof Map<?, ?> kept)) {
            return null;
        }
        return new RejectStore(
                UUID.fromString(String.valueOf(kept.get(DESTINATION))),
                RejectFormat.of(String.valueOf(kept.get(FORMAT))).orElse(RejectFormat.CSV));
    }

    /** The same settings with another place; with null for nowhere. */
    public static ConnectionSettings in(ConnectionSettings settings, @Nullable RejectStore store) {
        Map<String, @Nullable Object> more = JsonText.object(settings.more().text());
        if (store == null) {
            more.remove(KEY);
        } else {
            more.put(KEY, Map.of(DESTINATION, store.destinationId.toString(), FORMAT, store.format.key()));
        }
        return new ConnectionSettings(
                settings.schedule(), settings.naming(), settings.schemaRules(), new Json(JsonText.write(more)));
    }
}
