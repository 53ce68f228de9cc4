package dev.sluice.server.boot;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Tells a server from others that share its store. It lies in the data directory, so a server that was killed knows what it held. */
final class ServerId {
    private static final String FILE = "server.id";

    private ServerId() {}

    static UUID of(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            if (Files.exists(file)) {
                return UUID.fromString(Files.readString(file).strip());
            }
            UUID id = UUID.randomUUID();
            Path fresh = directory.resolve(FILE + ".new");
            Files.writeString(fresh, id + "\n");
            Files.move(fresh, file);
            return id;
        } catch (IOException | IllegalArgumentException cause) {
            throw Problem.of("E_SERVER_DATA", ProblemKind.RESOURCE, "the data directory of the server cannot be used")
                    .at(file.toString())
                    .because(String.valueOf(cause.getMessage()))
                    .fix("make it readable and writable for the server; without the file a new one is made")
                    .exception(cause);
        }
    }
}
