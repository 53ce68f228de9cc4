package dev.sluice.airbyte.destination;

import dev.sluice.airbyte.process.Programs;
import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.airbyte.program.ProgramSettings;
import dev.sluice.spi.runtime.Config;
import dev.sluice.testkit.host.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A destination that is a script of the shell, and keeps what it was sent in a file. For one thread. */
final class DestinationScript {
    /** Takes lines, keeps them, and gives states back as they come. */
    static final String HONEST = """
        while read -r line; do
            printf '%s\\n' "$line" >> $OUT/taken.jsonl
            case $line in *'"type":"STATE"'*) echo "$line";; esac
        done
        """;

    private final Path folder;
    private final TestContext context;
    private String modes = "\"append\",\"overwrite\",\"append_dedup\"";
    private AirbyteDestination.Options options = new AirbyteDestination.Options(false, 1, 60_000, 2000);

    DestinationScript(Path folder, TestContext context) {
        this.folder = folder;
        this.context = context;
    }

    /** The modes that its spec names. */
    DestinationScript modes(String other) {
        modes = other;
        return this;
    }

    /** What Sluice has to know of it. */
    DestinationScript options(AirbyteDestination.Options other) {
        options = other;
        return this;
    }

    /** The destination whose write does this. */
    AirbyteDestination writes(String commands) throws IOException {
        Path script = Files.createTempFile(folder, "destination", ".sh");
        Files.writeString(script, """
            OUT=%s
            case $1 in
            spec) echo '{"type":"SPEC","spec":{"connectionSpecification":{},"supported_destination_sync_modes":[%s]}}';;
            check) echo '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}';;
            write) cp -p *.json $OUT
            %s;;
            esac
            """.formatted(folder, modes, commands));
        Config config = Config.of(
                Map.of("command", List.of("/bin/sh", script.toString()), "config", Map.of("password", "canary-77e1")));
        Programs programs = new Programs(folder, Objects.toString(System.getenv("PATH"), ""));
        return new AirbyteDestination(new ConnectorProgram(ProgramSettings.of(config), programs, context), options);
    }

    /** The lines that it was sent. */
    List<String> taken() throws IOException {
        Path file = folder.resolve("taken.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** A file that it was given. */
    String file(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
