package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Asks before something that cannot be undone. */
final class Confirmation {
    private Confirmation() {}

    /** Asks; without a terminal and without {@code --yes} that is a mistake in the command line. */
    static boolean given(Session session, String question, boolean yes) {
        if (yes) {
            return true;
        }
        if (!session.host().terminal().isErr()) {
            throw CliCommand.usage("nobody is there to be asked: " + question, "add --yes if you are sure");
        }
        session.console().message(Verbosity.QUIET, Line.of(Style.WARN, question + " [y/N]"));
        try {
            String answer = new BufferedReader(
                            new InputStreamReader(session.host().streams().in(), StandardCharsets.UTF_8))
                    .readLine();
            return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** What is reported when the answer was no. */
    static Report refused() {
        return Report.of("nothing was changed", List.of(Line.of("Nothing was changed.")), null)
                .withExitCode(ExitCode.FAILED);
    }
}
