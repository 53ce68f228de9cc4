package dev.sluice.cli.command;

import dev.sluice.cli.session.StreamNames;
import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which streams of a connection a command works on, for commands that nobody should call for all by mistake. */
final class StreamChoice {
    @Option(
            names = "--stream",
            paramLabel = "NAME",
            split = ",",
            description = "These streams; * stands for any characters.")
    private List<String> streams = List.of();

    @Option(names = "--all", description = "All streams of the connection.")
    private boolean all;

    /** The names; none for all streams. */
    List<String> names() {
        if (streams.isEmpty() != all) {
            throw CliCommand.usage("say which streams are meant", "name them with --stream, or take --all");
        }
        return streams;
    }

    Predicate<StreamId> chosen() {
        return StreamNames.of(names());
    }

    /** The streams in words. */
    String words() {
        return all ? "all streams" : String.join(", ", streams);
    }
}
