package dev.sluice.airbyte.source;

import dev.sluice.airbyte.process.Programs;
import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.airbyte.program.ProgramSettings;
import dev.sluice.airbyte.program.ProgramSpec;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Any source that speaks the Airbyte protocol. */
public final class AirbyteSourceConnector implements SourceConnector {
    private static final String QUIET = "quiet_minutes";
    private static final int QUIET_MINUTES = 180;
    private static final int MOST_MINUTES = 7 * 24 * 60;

    private static final String MORE = """
        ,
            "manifest": {
              "type": "string", "format": "command-word", "order": 10, "title": "Manifest",
              "description": "A low-code manifest that the official runner reads, which is `pypi: airbyte-cdk`."
            },
            "components": {
              "type": "string", "format": "command-word", "order": 11, "title": "Python classes of the manifest",
              "description": "The file with the classes that the manifest names. They run with the rights of this program."
            },
            "quiet_minutes": {
              "type": "integer", "order": 12, "title": "Longest pause", "default": 180, "minimum": 1, "maximum": 10080,
              "description": "How long it may send neither a record nor a state before the read fails, in minutes."
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
        return "Runs any source that speaks the Airbyte protocol: a command, an image, a package of Python or Node.";
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
        return Json.write(new ConnectorProgram(settings(config), Programs.ofThisMachine(), context).spec());
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return Optional.empty();
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        int minutes = ProgramSettings.whole(config.values(), QUIET, QUIET_MINUTES, MOST_MINUTES);
        return new AirbyteSource(
                new ConnectorProgram(settings(config), Programs.ofThisMachine(), context),
                TimeUnit.MINUTES.toMillis(minutes));
    }

    private static ProgramSettings settings(Config config) {
        return ProgramSettings.of(config, "manifest", "components", QUIET);
    }
}
