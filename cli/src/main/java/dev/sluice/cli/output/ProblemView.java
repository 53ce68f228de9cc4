package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.spi.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A problem in words: what, where, why, and what to do next. */
public final class ProblemView {
    private static final Pattern COMMAND = Pattern.compile("`(sluice [^`]+)`");

    private ProblemView() {}

    /** The lines for people. */
    public static List<Line> lines(Problem problem, Look look) {
        List<Line> lines = new ArrayList<>();
        Line first = Line.of(Style.BAD, look.failure() + " ");
        if (problem.where() != null) {
            first = first.plus(Style.BOLD, problem.where()).plus(": ");
        }
        lines.add(first.plus(problem.message()).plus(Style.DIM, " (" + problem.code() + ")"));
        add(lines, "why", problem.why());
        add(lines, "try", problem.fix() == null ? null : look.commands(problem.fix()));
        add(lines, "more", more(problem));
        return lines;
    }

    /** The fields for programs. */
    public static Map<String, @Nullable Object> fields(Problem problem) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", problem.code());
        fields.put("class", problem.kind().name().toLowerCase(Locale.ROOT));
        fields.put("message", problem.message());
        fields.put("path", problem.where());
        fields.put("why", problem.why());
        fields.put("suggestion", problem.fix());
        fields.put("fix_command", command(problem.fix()));
        fields.put("docs", "docs/problems.md#" + problem.code().toLowerCase(Locale.ROOT));
        return fields;
    }

    private static void add(List<Line> lines, String label, @Nullable String text) {
        if (text != null) {
            lines.add(Line.of(Style.DIM, "  " + label + ": ").plus(text));
        }
    }

    private static @Nullable String more(Problem problem) {
        return switch (problem.kind()) {
            case INTERNAL -> "run it again with -vv for the stack trace";
            case INTEGRITY -> "docs/problems.md#" + problem.code().toLowerCase(Locale.ROOT);
            default -> null;
        };
    }

    private static @Nullable String command(@Nullable String fix) {
        if (fix == null) {
            return null;
        }
        Matcher matcher = COMMAND.matcher(fix);
        return matcher.find() ? matcher.group(1) : null;
    }
}
