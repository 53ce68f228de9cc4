package dev.sluice.cli.command;

import dev.sluice.cli.output.Format;
import dev.sluice.cli.output.ProgressStyle;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Preferences;
import dev.sluice.cli.session.Session;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command lines that cannot be understood: one clear error, and what was probably meant. */
final class UsageErrors implements IParameterExceptionHandler {
    private final Host host;

    UsageErrors(Host host) {
        this.host = host;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        return print(problem(failure), arguments);
    }

    /** What failed outside of any command's own handling. */
    int defect(Exception failure, String[] arguments) {
        Problem problem = failure instanceof ProblemException known
                ? known.problem()
                : Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "an unexpected error: " + failure);
        return print(problem, arguments);
    }

    private int print(Problem problem, String[] arguments) {
        Preferences preferences =
                new Preferences(format(arguments), ProgressStyle.NONE, Verbosity.NORMAL, true, null, null);
        try (Session session = new Session(host, preferences, command(arguments))) {
            for (String argument : arguments) {
                session.learnPassword(argument);
            }
            Report report = Report.failed(problem);
            session.reporter().print(report);
            return report.exitCode();
        }
    }

    private static Problem problem(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().getFirst();
            return unmatched(command, name, argument);
        }
        String message = String.valueOf(failure.getMessage());
        return usage(Character.toLowerCase(message.charAt(0)) + message.substring(1))
                .fix("see `" + name + " --help`");
    }

    private static Problem unmatched(CommandLine command, String name, String argument) {
        boolean isOption = argument.startsWith("-");
        String word = isOption && argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
        List<String> known = new ArrayList<>();
        if (isOption) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                known.addAll(Arrays.asList(option.names()));
            }
        } else {
            known.addAll(command.getSubcommands().keySet());
        }
        String near = NearNames.nearest(word, known).orElse(null);
        String what = isOption ? "there is no option " + word : "there is no command " + word;
        if (!isOption && command.getSubcommands().isEmpty()) {
            what = "one argument too many: " + word;
        }
        return usage(what).fix(near == null ? "see `" + name + " --help`" : meant(name, near, isOption));
    }

    private static String meant(String name, String near, boolean isOption) {
        return "did you mean " + (isOption ? near : "`" + name + " " + near + "`") + "?";
    }

    private static Problem usage(String message) {
        return Problem.of("E_USAGE", ProblemKind.CONFIG, message);
    }

    /** The form that was asked for, as far as the rest of the command line lets one see. */
    private static Format format(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String value = valueOf(arguments, i);
            if (value != null) {
                return switch (value.toLowerCase(Locale.ROOT)) {
                    case "json" -> Format.JSON;
                    case "ndjson" -> Format.NDJSON;
                    default -> Format.TEXT;
                };
            }
        }
        return Format.TEXT;
    }

    private static @Nullable String valueOf(String[] arguments, int i) {
        String argument = arguments[i];
        if (argument.equals("-o") || argument.equals("--output")) {
            return i + 1 < arguments.length ? arguments[i + 1] : null;
        }
        if (argument.startsWith("--output=")) {
            return argument.substring("--output=".length());
        }
        return argument.startsWith("-o") && !argument.startsWith("--")
                ? argument.substring(2).replace("=", "")
                : null;
    }

    private static String command(String[] arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-") ? arguments[0] : "";
    }
}
