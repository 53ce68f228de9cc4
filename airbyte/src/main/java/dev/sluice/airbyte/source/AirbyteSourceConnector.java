package dev.sluice.airbyte.source;

import dev.sluice.airbyte.process.Programs;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** Any source that speaks the Airbyte protocol. */
public final class AirbyteSourceConnector implements SourceConnector {
    private static final String SPEC = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "type": "object",
          "title": "Airbyte protocol",
          "properties": {
            "command": {
              "type": "array", "items": {"type": "string"}, "order": 0, "title": "Command",
              "description": "A program on this machine, and its first arguments."
            },
            "docker": {
              "type": "string", "order": 1, "title": "Image", "examples": ["airbyte/source-faker:7.2.1"],
              "description": "An image that Docker or Podman runs."
            },
            "pypi": {
              "type": "string", "order": 2, "title": "Python package", "examples": ["airbyte-source-faker==7.2.1"],
              "description": "A package that is installed into an environment of its own."
            },
            "npm": {
              "type": "string", "order": 3, "title": "Node package",
              "description": "A package that is installed with its modules."
            },
            "config": {
              "type": "object", "order": 4, "title": "Configuration", "additionalProperties": true,
              "description": "The options of the connector itself."
            },
            "max_message_mb": {
              "type": "integer", "order": 5, "title": "Largest message", "default": 64, "minimum": 1, "maximum": 1024,
              "description": "Longer messages end the read, in MiB."
            }
          },
          "additionalProperties": false
        }
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
        return SPEC;
    }

    @Override
    public boolean runsPrograms() {
        return true;
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return Optional.empty();
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return new AirbyteSource(SourceSettings.of(config), Programs.ofThisMachine(), context);
    }
}
