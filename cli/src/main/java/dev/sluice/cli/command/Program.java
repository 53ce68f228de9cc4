package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.session.Host;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    /**
     * How each command is made, in the order of the help. Only the one that is asked for is: to read the annotations of
     * all of them takes longer than a short command itself.
     */
    private static final Map<String, Function<Host, CommandLine>> COMMANDS = makers();

    private Program() {}

    /**
     * Runs a command line.
     *
     * @return the code to end the process with
     */
    public static int run(Host host, String... arguments) {
        PrintWriter out = new PrintWriter(host.streams().out(), true, StandardCharsets.UTF_8);
        CommandLine program = commands(host, arguments).setOut(out);
        UsageErrors usageErrors = new UsageErrors(host);
        program.setParameterExceptionHandler(usageErrors);
        program.setExecutionExceptionHandler((failure, command, parsed) -> usageErrors.defect(failure, arguments));
        return program.execute(arguments);
    }

    /** All commands. */
    static CommandLine commands(Host host) {
        return program(COMMANDS.values(), host);
    }

    /** The command that the arguments begin with, or all if they begin otherwise. */
    private static CommandLine commands(Host host, String... arguments) {
        Function<Host, CommandLine> meant = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        return meant == null ? commands(host) : program(List.of(meant), host);
    }

    private static CommandLine program(Collection<Function<Host, CommandLine>> makers, Host host) {
        CommandLine program = new CommandLine(new RootCommand());
        makers.forEach(maker -> program.addSubcommand(maker.apply(host)));
        configure(program);
        return program;
    }

    private static Map<String, Function<Host, CommandLine>> makers() {
        Map<String, Function<Host, CommandLine>> makers = new LinkedHashMap<>();
        makers.put("run", host -> new CommandLine(new RunCommand(host)));
        makers.put("sync", host -> new CommandLine(new SyncCommand(host)));
        makers.put("refresh", host -> new CommandLine(new RefreshCommand(host)));
        makers.put("clear", host -> new CommandLine(new ClearCommand(host)));
        makers.put("check", host -> new CommandLine(new CheckCommand(host)));
        makers.put("discover", host -> new CommandLine(new DiscoverCommand(host)));
        makers.put("preview", host -> new CommandLine(new PreviewCommand(host)));
        makers.put("plan", host -> new CommandLine(new PlanCommand(host)));
        makers.put("verify", host -> new CommandLine(new VerifyCommand(host)));
        makers.put(
                "state",
                host -> new CommandLine(new GroupCommand.State())
                        .addSubcommand(new StateShowCommand(host))
                        .addSubcommand(new StateRewindCommand(host))
                        .addSubcommand(new StateSetCommand(host)));
        makers.put(
                "schema",
                host -> new CommandLine(new GroupCommand.Schema())
                        .addSubcommand(new SchemaShowCommand(host))
                        .addSubcommand(new SchemaAcceptCommand(host)));
        makers.put(
                "rejects",
                host -> new CommandLine(new GroupCommand.Rejects())
                        .addSubcommand(new RejectsListCommand(host))
                        .addSubcommand(new RejectsShowCommand(host))
                        .addSubcommand(new RejectsExportCommand(host))
                        .addSubcommand(new RejectsReplayCommand(host))
                        .addSubcommand(new RejectsDiscardCommand(host)));
        makers.put(
                "connectors",
                host -> new CommandLine(new GroupCommand.Connectors())
                        .addSubcommand(new ConnectorsListCommand(host))
                        .addSubcommand(new ConnectorsSearchCommand(host))
                        .addSubcommand(new ConnectorsSpecCommand(host)));
        makers.put(
                "connector",
                host -> new CommandLine(new ConnectorCommand(host))
                        .addSubcommand(new ConnectorNewCommand(host))
                        .addSubcommand(new ConnectorTestCommand.Trying(host))
                        .addSubcommand(new ConnectorLintCommand(host))
                        .addSubcommand(new ConnectorTestCommand.Recording(host))
                        .addSubcommand(new ConnectorReplayCommand(host))
                        .addSubcommand(new ConnectorPublishCommand(host))
                        .addSubcommand(new ConnectorCertifyCommand(host)));
        makers.put("torture", host -> new CommandLine(new TortureCommand(host)));
        makers.put(
                "server",
                host -> new CommandLine(new ServerCommand(host))
                        .addSubcommand(new ServerExportCommand(host))
                        .addSubcommand(new ServerImportCommand(host)));
        makers.put("apply", host -> new CommandLine(new ApplyCommand(host)));
        makers.put("diff", host -> new CommandLine(new DiffCommand(host)));
        makers.put("export", host -> new CommandLine(new ExportCommand(host)));
        makers.put("doctor", host -> new CommandLine(new DoctorCommand(host)));
        makers.put("version", host -> new CommandLine(new VersionCommand(host)));
        makers.put("completion", host -> new CommandLine(new CompletionCommand(host)));
        return Collections.unmodifiableMap(makers);
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
