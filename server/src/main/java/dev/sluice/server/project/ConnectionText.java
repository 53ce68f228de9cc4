package dev.sluice.server.project;

import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.connections.Naming;
import dev.sluice.server.connections.RejectStore;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A connection as a project says it, whether it is wished or there; keys of mappers are masks. */
final class ConnectionText {
    private ConnectionText() {}

    /**
     * One that is there.
     *
     * @param stock the destinations that its settings may name
     */
    static Map<String, @Nullable Object> of(ListedConnection listed, List<ConnectionStream> streams, Stock stock) {
        Connection connection = listed.connection();
        ConnectionSettings settings = connection.settings();
        List<String> tags = listed.tags().stream().map(Tag::name).sorted().toList();
        RejectStore store = RejectStore.of(settings);
        ConnectionWish.Files files = store == null
                ? null
                : stock.destinations().all().stream()
                        .filter(actor -> actor.id().equals(store.destinationId()))
                        .findFirst()
                        .map(actor -> new ConnectionWish.Files(actor.name(), store.format()))
                        .orElse(null);
        return text(
                new ConnectionWish.Rules(settings.schedule(), settings.naming(), settings.schemaRules(), files),
                tags,
                streams);
    }

    static Map<String, @Nullable Object> of(ConnectionWish wish, List<ConnectionStream> streams) {
        return text(wish.rules(), List.copyOf(wish.tags()), streams);
    }

    private static Map<String, @Nullable Object> text(
            ConnectionWish.Rules rules, List<String> tags, List<ConnectionStream> streams) {
        Naming naming = rules.naming();
        SchemaRules schemaRules = rules.schemaRules();
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put("schedule", schedule(rules.schedule()));
        text.put("namespaceDefinition", naming.definition().name().toLowerCase(Locale.ROOT));
        text.put("namespaceFormat", Objects.requireNonNullElse(naming.format(), ""));
        text.put("prefix", naming.prefix());
        text.put("schemaChanges", rule(schemaRules.reaction()));
        text.put("backfill", schemaRules.backfill());
        text.put("rejectStore", rules.rejects() == null ? null : rules.rejects().text());
        text.put("tags", tags);
        Map<String, Object> byName = new TreeMap<>();
        for (ConnectionStream stream : streams) {
            byName.put(stream.stream().toString(), stream(StreamSecrets.shown(stream)));
        }
        text.put("streams", byName);
        return text;
    }

    /** The streams with what is secret in them. */
    static Map<String, Object> clear(List<ConnectionStream> streams) {
        Map<String, Object> byName = new TreeMap<>();
        streams.forEach(stream -> byName.put(stream.stream().toString(), stream(stream)));
        return byName;
    }

    private static Map<String, @Nullable Object> stream(ConnectionStream stream) {
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put("syncMode", stream.syncMode());
        text.putAll(JsonText.object(stream.settings().text()));
        return text;
    }

    private static @Nullable Map<String, Object> schedule(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Manual() -> null;
            case Schedule.Every(long count, Schedule.Unit unit) ->
                Map.of("every", count, "unit", unit.name().toLowerCase(Locale.ROOT));
            case Schedule.Cron(String expression, String zone) -> Map.of("cron", expression, "timezone", zone);
        };
    }

    private static String rule(SchemaRules.Reaction reaction) {
        return switch (reaction) {
            case IGNORE -> "ignore";
            case DISABLE_CONNECTION -> "pause";
            case PROPAGATE_COLUMNS -> "propagate_columns";
            case PROPAGATE_FULLY -> "propagate_fully";
        };
    }
}
