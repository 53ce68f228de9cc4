package dev.sluice.cli.command;

import dev.sluice.cli.state.RejectFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rejected records a command works on. */
final class RejectChoice {
    @Option(names = "--stream", paramLabel = "NAME", description = "Only those of this stream.")
    private @Nullable String stream;

    @Option(names = "--run", paramLabel = "N", description = "Only those that this run found.")
    private @Nullable Long run;

    @Option(names = "--code", paramLabel = "CODE", description = "Only those with this reason.")
    private @Nullable String code;

    @Option(names = "--id", paramLabel = "N", split = ",", description = "Only these records.")
    private List<Long> ids = List.of();

    RejectFilter filter(boolean settled) {
        return new RejectFilter(stream, run, code, ids, settled);
    }

    /** True if nothing narrows the choice. */
    boolean isEmpty() {
        return stream == null && run == null && code == null && ids.isEmpty();
    }
}
