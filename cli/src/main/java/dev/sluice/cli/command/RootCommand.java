package dev.sluice.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program without a command: shows what there is. */
@Command(
        name = "sluice",
        header = "Sluice moves data from sources to destinations, and accounts for every row.",
        customSynopsis = "sluice COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        description = {
            "  sluice run --from orders.csv --to duckdb:///shop.db    copy something now",
            "  sluice sync shop.yaml                                  run what a project file says",
            "  sluice plan shop.yaml                                  see what a run would do",
            "  sluice server                                          let connections run themselves",
            "  sluice apply shop.yaml                                 have a server run what a project file says",
            "  sluice doctor                                          see whether all is well here"
        },
        footer = {"", "Each command has examples: sluice COMMAND --help"})
final class RootCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is called
    private CommandSpec spec;

    @Option(names = "--version", description = "Show the version.")
    private boolean version;

    @Override
    public void run() {
        CommandLine program = spec.commandLine();
        if (version) {
            program.getOut().println("sluice " + VersionCommand.version());
        } else {
            program.usage(program.getOut());
        }
    }
}
