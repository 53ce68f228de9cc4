package dev.sluice.cli.command;

import java.util.List;
import picocli.CommandLine.Option;

/** Some of the streams of a connection; all of them if none is named. */
final class SomeStreams {
    @Option(
            names = "--stream",
            paramLabel = "NAME",
            split = ",",
            description = "Only these streams; * stands for any characters.")
    private List<String> names = List.of();

    /** The names; none for all streams. */
    List<String> names() {
        return names;
    }
}
