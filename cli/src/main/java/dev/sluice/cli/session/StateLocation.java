package dev.sluice.cli.session;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the state of a connection is kept.
 *
 * @param database the state file
 * @param lock the lock file of the connection
 * @param key the name under which the state file knows the connection
 */
public record StateLocation(Path database, Path lock, String key) {
    /** The directory for state beside a project file, or in the working directory. */
    private static final String DIRECTORY = ".sluice";

    public StateLocation {
        Objects.requireNonNull(key);
    }

    /**
     * The place for a connection.
     *
     * @param base the directory of the project file, or the working directory
     * @param chosen the directory that the user chose with {@code --state}; null for the usual one
     * @param file the base name of the files
     * @param key the connection
     */
    static StateLocation of(Path base, @org.jspecify.annotations.Nullable Path chosen, String file, String key) {
        Path directory = folder(base, chosen);
        return new StateLocation(directory.resolve(file + ".db"), directory.resolve(file + "." + key + ".lock"), key);
    }

    /** The directory for state: the one that the user chose, else the usual one. */
    static Path folder(Path base, @org.jspecify.annotations.Nullable Path chosen) {
        return chosen == null ? base.resolve(DIRECTORY) : base.resolve(chosen);
    }
}
