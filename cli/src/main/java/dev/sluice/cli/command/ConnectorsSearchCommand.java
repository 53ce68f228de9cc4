package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.registry.Registry;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Searches a registry of connectors. */
@Command(
        name = "search",
        header = "Search a registry for connectors, and show how each runs here.",
        customSynopsis = "sluice connectors search [WORD...] --registry PLACE [OPTIONS]",
        description = {
            "  sluice connectors search jira --registry oss_registry.json",
            "  sluice connectors search certified manifest --registry bundle/",
            "  SLUICE_REGISTRY=https://... sluice connectors search postgres -o json"
        })
final class ConnectorsSearchCommand extends CliCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", description = "Words that its name has to hold; default: all.")
    private List<String> words = List.of();

    @Mixin
    private RegistryChoice choice = new RegistryChoice();

    ConnectorsSearchCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        List<String> warnings = new ArrayList<>();
        Registry registry = choice.registry(session, warnings::add);
        return RegistryReport.of(session, registry.search(words)).withWarnings(warnings);
    }
}
