package dev.sluice.cli.state;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The state file of a project: what is remembered of each of its connections. */
public final class StateFile implements AutoCloseable {
    private final StateDatabase database;
    private final Clock clock;

    private StateFile(StateDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Opens a state file, and makes it and its directory if they are missing.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it is damaged, newer than this program, or cannot be written
     */
    public static StateFile open(Path file, Clock clock) {
        Path directory = file.toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException cause) {
            throw Problem.of("E_STATE_UNWRITABLE", ProblemKind.RESOURCE, "the directory of the state cannot be made")
                    .at(String.valueOf(directory))
                    .because(cause.toString())
                    .fix("make it writable, or name another one with --state DIR")
                    .exception(cause);
        }
        return new StateFile(StateDatabase.open(file), clock);
    }

    /** Opens a state file if there is one; makes nothing. */
    public static Optional<StateFile> openExisting(Path file, Clock clock) {
        return Files.exists(file) ? Optional.of(new StateFile(StateDatabase.open(file), clock)) : Optional.empty();
    }

    /** The memory of the connection of this name, which gets its identity when it is first asked for. */
    public SqliteStateStore connection(String name) {
        String id = database.change(connection -> {
            StateDatabase.update(
                    connection,
                    "INSERT INTO connection VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                    UUID.randomUUID().toString(),
                    name);
            return StateDatabase.query(
                            connection, row -> row.getString(1), "SELECT id FROM connection WHERE name = ?", name)
                    .getFirst();
        });
        return new SqliteStateStore(database, id, clock);
    }

    /** The memory of the connection of this name; empty if it never ran. */
    public Optional<SqliteStateStore> existing(String name) {
        List<String> ids = database.read(connection -> StateDatabase.query(
                connection, row -> row.getString(1), "SELECT id FROM connection WHERE name = ?", name));
        return ids.stream().findFirst().map(id -> new SqliteStateStore(database, id, clock));
    }

    @Override
    public void close() {
        database.close();
    }
}
