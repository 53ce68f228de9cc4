package dev.sluice.cli.remote;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server would change or has changed, for people.
 *
 * @param changes the changes as the server tells them
 */
public record PlanView(List<?> changes) {
    private static final int LONGEST_VALUE = 120;

    /** A plan that a server has answered with. */
    public static PlanView of(Map<?, ?> answer) {
        return new PlanView(ServerClient.list(answer, "changes"));
    }

    /** One sentence. */
    public String summary(String tense) {
        return changes.isEmpty()
                ? "the server is as the project says"
                : Units.count(changes.size(), "change", "changes") + " " + tense;
    }

    /** A line for each change, and one for each setting that differs. */
    public List<Line> lines(Look look) {
        List<Line> lines = new ArrayList<>();
        for (Object each : changes) {
            Map<?, ?> change = (Map<?, ?>) each;
            String action = String.valueOf(change.get("action"));
            Line line = Line.of(style(action), sign(action) + " ")
                    .plus(Style.DIM, change.get("kind") + " ")
                    .plus(Style.NAME, String.valueOf(change.get("name")));
            Object note = change.get("note");
            lines.add(note == null ? line : line.plus(Style.DIM, "  " + note));
            for (Object difference : ServerClient.list(change, "differences")) {
                Map<?, ?> members = (Map<?, ?>) difference;
                lines.add(Line.of("    " + members.get("path") + ": ")
                        .plus(Style.DIM, value(members.get("before")))
                        .plus(" " + look.arrow() + " ")
                        .plus(value(members.get("after"))));
            }
        }
        return lines;
    }

    /** True if something is taken away. */
    public boolean removes() {
        return changes.stream().anyMatch(each -> Objects.equals(((Map<?, ?>) each).get("action"), "remove"));
    }

    private static String value(@Nullable Object value) {
        String text =
                value == null ? "nothing" : value instanceof String words ? "\"" + words + "\"" : Json.line(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    private static Style style(String action) {
        return switch (action) {
            case "create" -> Style.GOOD;
            case "remove" -> Style.BAD;
            default -> Style.WARN;
        };
    }

    private static String sign(String action) {
        return switch (action) {
            case "create" -> "+";
            case "remove" -> "-";
            default -> "~";
        };
    }
}
