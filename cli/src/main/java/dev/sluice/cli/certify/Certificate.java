package dev.sluice.cli.certify;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.certify.ContractSuites.Finding;
import dev.sluice.engine.certify.ContractSuites.Findings;
import dev.sluice.engine.certify.ContractSuites.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a connector.
 *
 * @param candidate the connector
 * @param findings what the contract suites found
 * @param cuts what the crash cuts came to
 * @param guarantee what a destination promises about each row; null for a source
 */
public record Certificate(
        Candidate candidate,
        Findings findings,
        Cuts cuts,
        @Nullable String guarantee) {
    /**
     * What the crash cuts came to.
     *
     * @param held how often a killed run lost and doubled nothing
     * @param broken how often it did
     * @param notPassed cuts that no run passes
     * @param unproven those that prove nothing
     * @param why why nothing was tried, or what went wrong; null if all is well
     */
    public record Cuts(
            long held,
            long broken,
            long notPassed,
            long unproven,
            @Nullable String why) {
        /** Nothing was tried. */
        static Cuts none(String why) {
            return new Cuts(0, 0, 0, 0, why);
        }
    }

    private long count(Verdict verdict) {
        return findings.all().stream()
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }

    private List<Finding> of(Verdict verdict) {
        return findings.all().stream()
                .filter(finding -> finding.verdict() == verdict)
                .toList();
    }

    /** True if no promise was broken. */
    public boolean holds() {
        return count(Verdict.BROKEN) == 0 && cuts.broken() == 0;
    }

    /** The whole in a sentence. */
    public String summary() {
        String name = candidate.kind() + " " + candidate.name();
        if (!holds()) {
            return name + " breaks " + (count(Verdict.BROKEN) + cuts.broken()) + " promises";
        }
        String gaps =
                findings.gaps().isEmpty() ? "" : ", with " + findings.gaps().size() + " gaps";
        return name + " keeps every promise that could be tried" + gaps;
    }

    private String reached() {
        if (guarantee == null) {
            return cuts.held() == 0 || !holds()
                    ? "not shown"
                    : "each row once, in a copy that was killed at " + cuts.held() + " places";
        }
        if (!holds()) {
            return "\"" + guarantee + "\" is said, and not kept";
        }
        return cuts.held() == 0
                ? "\"" + guarantee + "\" is said; no run was killed, so it is not shown"
                : "\"" + guarantee + "\", shown by runs that were killed at " + cuts.held() + " places";
    }

    private String cutWords() {
        String counts = cuts.held() + " held, " + cuts.broken() + " broken, " + cuts.notPassed() + " not passed, "
                + cuts.unproven() + " unproven";
        return cuts.why() == null ? counts : cuts.held() + cuts.broken() == 0 ? "not tried: " + cuts.why() : counts;
    }

    /** What a person reads at a terminal. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(holds() ? Style.GOOD : Style.BAD, summary()));
        lines.add(Line.of(Style.DIM, "guarantee   ").plus(reached()));
        lines.add(Line.of(Style.DIM, "contract    ")
                .plus(count(Verdict.KEPT) + " kept, " + count(Verdict.BROKEN) + " broken, " + count(Verdict.NOT_CHECKED)
                        + " not checked"));
        lines.add(Line.of(Style.DIM, "crash cuts  ").plus(cutWords()));
        section(
                lines,
                "Broken",
                of(Verdict.BROKEN).stream().map(Certificate::words).toList(),
                Style.BAD);
        List<String> gaps = new ArrayList<>();
        new TreeMap<>(findings.gaps()).forEach((promise, why) -> gaps.add("not: " + promise + " (" + why + ")"));
        section(lines, "Gaps", gaps, Style.WARN);
        section(lines, "What could not be checked", unchecked(), Style.PLAIN);
        return lines;
    }

    private static void section(List<Line> lines, String title, List<String> entries, Style style) {
        if (!entries.isEmpty()) {
            lines.add(Line.empty());
            lines.add(Line.of(Style.BOLD, title));
            entries.forEach(entry -> lines.add(Line.of("  ").plus(style, entry)));
        }
    }

    private static String words(Finding finding) {
        String why = finding.why();
        return finding.group() + ": " + finding.name() + (why == null || why.isBlank() ? "" : " - " + why);
    }

    /** Each reason once, with how many promises it kept from being tried. */
    private List<String> unchecked() {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        of(Verdict.NOT_CHECKED).forEach(finding -> reasons.merge(String.valueOf(finding.why()), 1, Integer::sum));
        List<String> words = new ArrayList<>(findings.notes());
        reasons.forEach((why, times) -> words.add(times + (times == 1 ? " promise: " : " promises: ") + why));
        return words;
    }

    /** The same as a page to keep. */
    public String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# ")
                .append(candidate.kind())
                .append(' ')
                .append(candidate.name())
                .append("\n\n");
        page.append(summary()).append(".\n\n| | |\n|---|---|\n");
        row(page, "Guarantee", reached());
        row(
                page,
                "Contract",
                count(Verdict.KEPT) + " kept, " + count(Verdict.BROKEN) + " broken, " + count(Verdict.NOT_CHECKED)
                        + " not checked");
        row(page, "Crash cuts", cutWords());
        page.append("\n## Gaps\n\n");
        if (findings.gaps().isEmpty()) {
            page.append("None was found.\n");
        }
        new TreeMap<>(findings.gaps())
                .forEach((promise, why) -> page.append("- not: ")
                        .append(escaped(promise + " (" + why + ")"))
                        .append('\n'));
        page.append("\n## What could not be checked\n\n");
        unchecked().forEach(words -> page.append("- ").append(escaped(words)).append('\n'));
        page.append("\n## Each promise\n\n| Group | Promise | | |\n|---|---|---|---|\n");
        for (Finding finding : findings.all()) {
            String why = finding.why();
            page.append("| ")
                    .append(escaped(finding.group()))
                    .append(" | ")
                    .append(escaped(finding.name()))
                    .append(" | ")
                    .append(word(finding.verdict()))
                    .append(" | ")
                    .append(why == null ? "" : escaped(why))
                    .append(" |\n");
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("| ").append(name).append(" | ").append(escaped(value)).append(" |\n");
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\s+", " ");
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The same for programs. */
    public Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connector", candidate.name());
        facts.put("kind", candidate.kind());
        facts.put("holds", holds());
        facts.put("guarantee", reached());
        facts.put("gaps", new TreeMap<>(findings.gaps()));
        facts.put("notes", findings.notes());
        Map<String, @Nullable Object> crashes = new LinkedHashMap<>();
        crashes.put("held", cuts.held());
        crashes.put("broken", cuts.broken());
        crashes.put("not_passed", cuts.notPassed());
        crashes.put("unproven", cuts.unproven());
        crashes.put("why", cuts.why());
        facts.put("crash_cuts", crashes);
        facts.put(
                "promises",
                findings.all().stream()
                        .map(finding -> {
                            Map<String, @Nullable Object> each = new LinkedHashMap<>();
                            each.put("group", finding.group());
                            each.put("name", finding.name());
                            each.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
                            each.put("why", finding.why());
                            return each;
                        })
                        .toList());
        return facts;
    }
}
