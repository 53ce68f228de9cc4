package dev.sluice.cli.session;

import dev.sluice.spi.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Completes the commands in advice with what they need to mean a connection. */
public final class Advice {
    private static final Pattern COMMAND =
            Pattern.compile("`sluice (state rewind|refresh|clear|schema show|schema accept)\\b");

    private Advice() {}

    /** The same problem, with commands that can be typed as they stand. */
    public static Problem complete(Problem problem, ConnectionWish connection) {
        String fix = problem.fix();
        return fix == null
                ? problem
                : problem.fix(COMMAND.matcher(fix)
                        .replaceAll(found -> Matcher.quoteReplacement(found.group() + " " + connection.arguments())));
    }
}
