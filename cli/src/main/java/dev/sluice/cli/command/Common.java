package dev.sluice.cli.command;

import dev.sluice.cli.output.Format;
import dev.sluice.cli.output.ProgressStyle;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.Preferences;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class Common {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Form of the result: text, json or ndjson.")
    private Format format = Format.TEXT;

    @Option(names = "--progress", paramLabel = "STYLE", description = "Progress: auto, bar, plain or none.")
    private ProgressStyle progress = ProgressStyle.AUTO;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but the result and errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more; -vv also shows stack traces.")
    private boolean[] verbose = {};

    @Option(names = "--no-color", description = "No colours, as with NO_COLOR=1.")
    private boolean plain;

    @Option(names = "--env-file", paramLabel = "FILE", description = "Take further variables from a file.")
    private @Nullable Path environmentFile;

    @Option(names = "--state", paramLabel = "DIR", description = "Keep state here; default: .sluice beside the file.")
    private @Nullable Path state;

    Preferences preferences() {
        return new Preferences(format, progress, verbosity(), !plain, environmentFile, state);
    }

    private Verbosity verbosity() {
        if (quiet) {
            return Verbosity.QUIET;
        }
        return switch (verbose.length) {
            case 0 -> Verbosity.NORMAL;
            case 1 -> Verbosity.VERBOSE;
            default -> Verbosity.DEBUG;
        };
    }
}
