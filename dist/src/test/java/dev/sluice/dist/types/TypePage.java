package dev.sluice.dist.types;

import dev.sluice.spi.destination.Fit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The page of a source: what becomes of each of its types at each destination. */
final class TypePage {
    private final String source;
    private final Map<String, List<Arrival>> arrivals;

    /**
     * A page.
     *
     * @param source the name of the source
     * @param arrivals the columns by the name of the destination, all in the same order
     */
    TypePage(String source, Map<String, List<Arrival>> arrivals) {
        this.source = source;
        this.arrivals = arrivals;
    }

    /** The page as Markdown. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("# Types from " + source);
        lines.add("");
        lines.add("Made by `TypeFidelityTest` of what it saw arrive; [what the words mean](../guide/types.md).");
        lines.add("");
        lines.add(row("type", "read as", arrivals.keySet()));
        lines.add("|---|---|" + "---|".repeat(arrivals.size()));
        List<Arrival> first = arrivals.values().iterator().next();
        for (int i = 0; i < first.size(); i++) {
            int place = i;
            Arrival any = first.get(i);
            lines.add(row(
                    code(any.origin().label()),
                    code(any.plan().notation()),
                    arrivals.values().stream()
                            .map(each -> cell(each.get(place)))
                            .toList()));
        }
        lines.addAll(losses(first.size()));
        return String.join("\n", lines) + "\n";
    }

    private List<String> losses(int columns) {
        // Types and destinations that lose the same share a line.
        Map<String, List<String>> typesByLoss = new LinkedHashMap<>();
        for (int i = 0; i < columns; i++) {
            int place = i;
            Map<String, Set<String>> byLoss = new LinkedHashMap<>();
            arrivals.forEach((destination, each) -> {
                Arrival arrival = each.get(place);
                if (arrival.fit() == Fit.LOSSY) {
                    byLoss.computeIfAbsent(loss(arrival), none -> new LinkedHashSet<>())
                            .add(destination);
                }
            });
            String label =
                    code(arrivals.values().iterator().next().get(i).origin().label());
            byLoss.forEach((loss, destinations) -> typesByLoss
                    .computeIfAbsent(String.join(", ", destinations) + ": " + loss, none -> new ArrayList<>())
                    .add(label));
        }
        List<String> lines = new ArrayList<>();
        typesByLoss.forEach((loss, types) -> lines.add("- " + String.join(", ", types) + " in " + loss));
        if (!lines.isEmpty()) {
            lines.addAll(
                    0,
                    List.of(
                            "",
                            "## What is lost",
                            "",
                            "Each of these is marked in its row and counted by the run.",
                            ""));
        }
        return lines;
    }

    private static String loss(Arrival arrival) {
        return arrival.losses().isEmpty()
                ? Objects.requireNonNullElse(arrival.plan().note(), "the plan does not say what")
                : String.join("; ", arrival.losses());
    }

    private static String cell(Arrival arrival) {
        String fit = arrival.fit().name().toLowerCase(Locale.ROOT);
        return (arrival.fit() == Fit.LOSSY ? "**" + fit + "**" : fit) + ": "
                + code(arrival.plan().columnType());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(String first, String second, Iterable<String> rest) {
        return "| " + first + " | " + second + " | " + String.join(" | ", rest) + " |";
    }
}
