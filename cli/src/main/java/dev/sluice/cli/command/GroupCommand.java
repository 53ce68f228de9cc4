package dev.sluice.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A noun whose commands are its verbs. */
abstract class GroupCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(
            name = "state",
            header = "Show or change what is remembered of each stream.",
            customSynopsis = "sluice state COMMAND [OPTIONS]",
            commandListHeading = "%nCommands:%n",
            description = {
                "  sluice state show shop.yaml",
                "  sluice state rewind shop.yaml --stream public.orders",
                "  sluice state set shop.yaml --stream public.orders --position '{\"id\": 5}'"
            })
    static final class State extends GroupCommand {}

    @Command(
            name = "schema",
            header = "Show or accept what has changed in a source.",
            customSynopsis = "sluice schema COMMAND [OPTIONS]",
            commandListHeading = "%nCommands:%n",
            description = {"  sluice schema show shop.yaml", "  sluice schema accept shop.yaml --stream public.orders"})
    static final class Schema extends GroupCommand {}

    @Command(
            name = "rejects",
            header = "Look after records that could not be read or written.",
            customSynopsis = "sluice rejects COMMAND [OPTIONS]",
            commandListHeading = "%nCommands:%n",
            description = {
                "  sluice rejects list shop.yaml",
                "  sluice rejects show shop.yaml --stream orders --limit 5",
                "  sluice rejects replay shop.yaml --stream orders"
            })
    static final class Rejects extends GroupCommand {}

    @Command(
            name = "connectors",
            header = "Show the sources and destinations of this installation.",
            customSynopsis = "sluice connectors COMMAND [OPTIONS]",
            commandListHeading = "%nCommands:%n",
            description = {"  sluice connectors list", "  sluice connectors spec postgres"})
    static final class Connectors extends GroupCommand {}
}
