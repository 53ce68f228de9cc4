package dev.sluice.airbyte.program;

/** The options of connectors that are programs, as a JSON Schema. */
public final class ProgramSpec {
    private static final String SPEC = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "type": "object",
          "title": "Airbyte protocol",
          "properties": {
            "command": {
              "type": "array", "items": {"type": "string", "format": "command-word"}, "order": 0, "title": "Command",
              "description": "A program on this machine, and its first arguments. What begins with ./ is found beside the project file."
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
              "description": "Longer messages end the run, in MiB."
            },
            "memory": {
              "type": "string", "order": 6, "title": "Memory of a container", "examples": ["2g"],
              "description": "What the container of an image may have, as Docker takes it; 0 is no limit.", "default": "2g"
            },
            "cpus": {
              "type": "number", "order": 7, "title": "Processors of a container",
              "description": "How many processors the container of an image may use."
            },
            "network": {
              "type": "string", "order": 8, "title": "Network of a container", "examples": ["none", "host"],
              "description": "The network that the container of an image is in."
            },
            "local": {
              "type": "string", "format": "path", "order": 9, "title": "Folder for files", "examples": ["./files"],
              "description": "A folder of this machine that the container of an image finds at /local. A source may only read it."
            }%s
          },
          "additionalProperties": false
        }
        """;

    private ProgramSpec() {}

    /**
     * The schema.
     *
     * @param more further options, each with a comma before it; their orders begin at 10
     */
    public static String of(String more) {
        return SPEC.replace("%s", more);
    }
}
