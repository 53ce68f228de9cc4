package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Says which version this is. */
@Command(
        name = "version",
        header = "Show the version of Sluice and of the JVM that it runs on.",
        customSynopsis = "sluice version [-o json]",
        description = {"  sluice version", "  sluice version -o json"})
final class VersionCommand extends CliCommand {
    VersionCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        String java = System.getProperty("java.vendor") + " " + Runtime.version();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("version", version());
        facts.put("java", java);
        facts.put("system", system);
        String sentence = "sluice " + version();
        return Report.of(sentence, List.of(Line.of(sentence + " (" + java + ", " + system + ")")), facts);
    }

    /** The version in the jar's manifest; a build that runs from its classes has none. */
    static String version() {
        return Objects.requireNonNullElse(VersionCommand.class.getPackage().getImplementationVersion(), "development");
    }
}
