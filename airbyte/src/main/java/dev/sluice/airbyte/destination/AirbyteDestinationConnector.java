package dev.sluice.airbyte.destination;

import dev.sluice.airbyte.process.Programs;
import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.airbyte.program.ProgramSettings;
import dev.sluice.airbyte.program.ProgramSpec;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Any destination that speaks the Airbyte protocol. */
public final class AirbyteDestinationConnector implements DestinationConnector {
    private static final String GENERATIONS = "generations";
    private static final String PARALLEL = "parallel_streams";
    private static final String FINISH = "finish_minutes";
    private static final int MOST_PARALLEL = 64;
    private static final int MOST_MINUTES = 7 * 24 * 60;

    private static final String MORE = """
        ,
            "generations": {
              "type": "boolean", "order": 10, "title": "Removes older generations", "default": false,
              "description": "True if the connector removes rows of older generations by itself, as its registry entry says by supportsRefreshes."
            },
            "parallel_streams": {
              "type": "integer", "order": 11, "title": "Streams at a time", "default": 1, "minimum": 1, "maximum": 64,
              "description": "Each stream is written by a process of its own. Some destinations, such as files of databases, bear only one."
            },
            "finish_minutes": {
              "type": "integer", "order": 12, "title": "Minutes to finish", "default": 120, "minimum": 1, "maximum": 10080,
              "description": "How long the connector may work after it was sent the last row of a stream."
            }\
        """;

    @Override
    public String name() {
        return "airbyte";
    }

    @Override
    public String title() {
        return "Airbyte protocol";
    }

    @Override
    public String summary() {
        return "Runs any destination that speaks the Airbyte protocol: a command, an image, a package of Python or"
                + " Node.";
    }

    @Override
    public String spec() {
        return ProgramSpec.of(MORE);
    }

    @Override
    public boolean runsPrograms() {
        return true;
    }

    @Override
    public String describe(Config config, ConnectorContext context) {
        ProgramSettings settings = ProgramSettings.ofDestination(config, GENERATIONS, PARALLEL, FINISH);
        return Json.write(new ConnectorProgram(settings, Programs.ofThisMachine(), context).spec());
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return Optional.empty();
    }

    @Override
    public Destination open(Config config, ConnectorContext context) {
        ProgramSettings settings = ProgramSettings.ofDestination(config, GENERATIONS, PARALLEL, FINISH);
        Map<String, ?> values = config.values();
        AirbyteDestination.Options options = new AirbyteDestination.Options(
                Boolean.TRUE.equals(values.get(GENERATIONS)),
                ProgramSettings.whole(values, PARALLEL, AirbyteDestination.Options.PARALLEL, MOST_PARALLEL),
                TimeUnit.MINUTES.toMillis(
                        ProgramSettings.whole(values, FINISH, AirbyteDestination.Options.FINISH_MINUTES, MOST_MINUTES)),
                AirbyteDestination.Options.GRACE_MILLIS);
        return new AirbyteDestination(new ConnectorProgram(settings, Programs.ofThisMachine(), context), options);
    }
}
