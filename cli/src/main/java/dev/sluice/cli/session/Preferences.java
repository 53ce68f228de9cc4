package dev.sluice.cli.session;

import dev.sluice.cli.output.Format;
import dev.sluice.cli.output.ProgressStyle;
import dev.sluice.cli.output.Verbosity;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the user prefers, from the options that every command has.
 *
 * @param format the form of results
 * @param progress how progress is shown
 * @param verbosity how much is said
 * @param colour false if colours are not wanted
 * @param environmentFile a file of further variables; null if there is none
 * @param stateDirectory where state is kept; null for the usual place
 */
public record Preferences(
        Format format,
        ProgressStyle progress,
        Verbosity verbosity,
        boolean colour,
        @Nullable Path environmentFile,
        @Nullable Path stateDirectory) {
    public Preferences {
        Objects.requireNonNull(format);
        Objects.requireNonNull(progress);
        Objects.requireNonNull(verbosity);
    }
}
