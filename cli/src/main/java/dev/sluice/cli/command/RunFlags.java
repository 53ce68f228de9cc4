package dev.sluice.cli.command;

import dev.sluice.cli.session.Patience;
import dev.sluice.cli.session.RunWish;
import dev.sluice.cli.session.Tolerance;
import dev.sluice.cli.text.Durations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that move data. */
final class RunFlags {
    @Option(names = "--parallel", paramLabel = "N", description = "Copy this many parts at the same time.")
    private @Nullable Integer parallel;

    @Option(names = "--take-over", description = "Write tables that another connection wrote before.")
    private boolean takeOver;

    @Option(names = "--max-rejects", paramLabel = "N|X%%", description = "More rejected records than this give code 4.")
    private @Nullable String maxRejects;

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            description = "never: partial results give 0; partial: 1; any: rejects give 1.")
    private @Nullable FailOnChoice failOn;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Try a stream again so often after failures that may pass; default: 4.")
    private @Nullable Integer retries;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "End the run in good order after this time, such as 30min or 6h.")
    private @Nullable String timeout;

    /** The choices as they are typed. */
    enum FailOnChoice {
        NEVER,
        PARTIAL,
        ANY
    }

    RunWish wish(List<String> streams, boolean incrementalOnly) {
        if (parallel != null && (parallel < 1 || parallel > 256)) {
            throw CliCommand.usage(
                    "--parallel takes a number from 1 to 256", "leave it out for what suits the machine");
        }
        return new RunWish(parallel, takeOver, streams, failOn(), tolerance(), patience(), incrementalOnly);
    }

    private Patience patience() {
        if (retries != null && (retries < 0 || retries > 1000)) {
            throw CliCommand.usage("--retries takes a number from 0 to 1000", "leave it out for the usual number");
        }
        Duration total = timeout == null
                ? null
                : Durations.parse(timeout)
                        .orElseThrow(() -> CliCommand.usage(
                                "--timeout takes a duration", "write for example --timeout 30min or --timeout 6h"));
        return new Patience(retries, total);
    }

    private RunWish.FailOn failOn() {
        return switch (failOn) {
            case null -> RunWish.FailOn.DEFAULT;
            case NEVER -> RunWish.FailOn.NEVER;
            case PARTIAL -> RunWish.FailOn.PARTIAL;
            case ANY -> RunWish.FailOn.ANY;
        };
    }

    private Tolerance tolerance() {
        return maxRejects == null
                ? Tolerance.ANY
                : Tolerance.parse(maxRejects)
                        .orElseThrow(() -> CliCommand.usage(
                                "--max-rejects takes a number or a share",
                                "write for example --max-rejects 10 or --max-rejects 0.5%"));
    }
}
