package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** Writes the script that completes command lines. */
@Command(
        name = "completion",
        header = "Write a script that lets a shell complete commands and options.",
        customSynopsis = "sluice completion bash|zsh|fish",
        description = {
            "  source <(sluice completion bash)                                          for now",
            "  sluice completion bash > ~/.local/share/bash-completion/completions/sluice",
            "  sluice completion zsh >> ~/.zshrc",
            "  sluice completion fish > ~/.config/fish/completions/sluice.fish"
        })
final class CompletionCommand extends CliCommand {
    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    /** The shells. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    CompletionCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        CommandLine program = Program.commands(host());
        String script = switch (shell) {
            case BASH, ZSH -> AutoComplete.bash("sluice", program);
            case FISH -> fish(program);
        };
        List<Line> lines = new ArrayList<>();
        if (session.reporter().format() == dev.sluice.cli.output.Format.TEXT) {
            session.console().resultText(script.stripTrailing());
        }
        return Report.of("the script for " + shell, lines, Map.of("script", script));
    }

    private static String fish(CommandLine program) {
        StringBuilder script = new StringBuilder("complete -c sluice -f\n");
        program.getSubcommands().forEach((name, command) -> {
            line(script, "__fish_use_subcommand", "-a " + name, header(command));
            fish(script, "__fish_seen_subcommand_from " + name, command);
        });
        return script.toString();
    }

    private static void fish(StringBuilder script, String condition, CommandLine command) {
        command.getSubcommands().forEach((name, verb) -> {
            line(script, condition, "-a " + name, header(verb));
            fish(script, condition + "; and __fish_seen_subcommand_from " + name, verb);
        });
        for (OptionSpec option : command.getCommandSpec().options()) {
            StringBuilder names = new StringBuilder();
            for (String name : option.names()) {
                names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            String takesFile = option.arity().max() > 0 ? " -r -F" : "";
            line(script, condition, names.toString().strip() + takesFile, String.join(" ", option.description()));
        }
        if (command.getSubcommands().isEmpty()) {
            script.append("complete -c sluice -n '").append(condition).append("' -F\n");
        }
    }

    private static void line(StringBuilder script, String condition, String what, String description) {
        script.append("complete -c sluice -n '")
                .append(condition)
                .append("' ")
                .append(what)
                .append(" -d '")
                .append(description.replace("%%", "%").replace("'", ""))
                .append("'\n");
    }

    private static String header(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        return String.join(" ", spec.usageMessage().header());
    }
}
