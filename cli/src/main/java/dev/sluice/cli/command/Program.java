package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.session.Host;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands put together. */
public final class Program {
    private static final int HELP_WIDTH = 96;

    private static final List<String> HELP_SECTIONS = List.of(
            UsageMessageSpec.SECTION_KEY_HEADER,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_FOOTER);

    private Program() {}

    /**
     * Runs a command line.
     *
     * @return the code to end the process with
     */
    public static int run(Host host, String... arguments) {
        PrintWriter out = new PrintWriter(host.streams().out(), true, StandardCharsets.UTF_8);
        CommandLine program = commands(host).setOut(out);
        UsageErrors usageErrors = new UsageErrors(host);
        program.setParameterExceptionHandler(usageErrors);
        program.setExecutionExceptionHandler((failure, command, parsed) -> usageErrors.defect(failure, arguments));
        return program.execute(arguments);
    }

    static CommandLine commands(Host host) {
        CommandLine program = new CommandLine(new RootCommand())
                .addSubcommand(new RunCommand(host))
                .addSubcommand(new SyncCommand(host))
                .addSubcommand(new CheckCommand(host))
                .addSubcommand(new DiscoverCommand(host))
                .addSubcommand(new PreviewCommand(host))
                .addSubcommand(new PlanCommand(host))
                .addSubcommand(new CommandLine(new GroupCommand.State())
                        .addSubcommand(new StateShowCommand(host))
                        .addSubcommand(new StateRewindCommand(host))
                        .addSubcommand(new StateSetCommand(host)))
                .addSubcommand(new CommandLine(new GroupCommand.Rejects())
                        .addSubcommand(new RejectsListCommand(host))
                        .addSubcommand(new RejectsShowCommand(host)))
                .addSubcommand(new CommandLine(new GroupCommand.Connectors())
                        .addSubcommand(new ConnectorsListCommand(host))
                        .addSubcommand(new ConnectorsSpecCommand(host)))
                .addSubcommand(new DoctorCommand(host))
                .addSubcommand(new VersionCommand(host))
                .addSubcommand(new CompletionCommand(host));
        configure(program);
        return program;
    }

    private static void configure(CommandLine command) {
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setUsageHelpWidth(HELP_WIDTH);
        command.setUsageHelpLongOptionsMaxWidth(28);
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        command.setHelpSectionKeys(HELP_SECTIONS);
        CommandSpec spec = command.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        spec.exitCodeOnInvalidInput(ExitCode.USAGE);
        spec.usageMessage().descriptionHeading("%nExamples:%n").synopsisHeading("%nUsage: ");
        command.getSubcommands().values().forEach(Program::configure);
    }
}
