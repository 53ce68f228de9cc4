package dev.sluice.server.runs;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.Endpoint;
import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.connection.RunLimits;
import dev.sluice.engine.connection.SchemaRule;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.words.StreamWords;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Naming;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the engine's connection of the server's. What cannot be done is refused and never left out. */
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
        return new Connection(connection.name(), source, destination, naming.rule(), naming.prefix(), settings, rules);
    }

    private static SchemaRule rule(SchemaRules.Reaction reaction) {
        return switch (reaction) {
            case IGNORE -> SchemaRule.IGNORE;
            case DISABLE_CONNECTION -> SchemaRule.PAUSE;
            case PROPAGATE_COLUMNS -> SchemaRule.PROPAGATE_COLUMNS;
            case PROPAGATE_FULLY -> SchemaRule.PROPAGATE_FULLY;
        };
    }

    /** What a run does with a stream. */
    static StreamSettings settings(ConnectionStream stream) {
        return StreamWords.settings(
                stream.stream().toString(),
                stream.syncMode(),
                JsonText.object(stream.settings().text()));
    }
}
