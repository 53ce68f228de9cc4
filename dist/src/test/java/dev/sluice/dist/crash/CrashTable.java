package dev.sluice.dist.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How often each scenario was killed before it ended with the right rows; a scenario that did not is not in it. It is the
 * published page, so what the page says is what was played.
 */
final class CrashTable {
    private static final String NEVER = "–";

    private final Map<Family, Map<String, Map<Mode, Integer>>> kills = new ConcurrentHashMap<>();

    /** Adds a scenario that ended with the right rows. */
    void add(Family family, String cut, Mode mode, int times) {
        kills.computeIfAbsent(family, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(cut, any -> new ConcurrentHashMap<>())
                .put(mode, times);
    }

    /** This table with what another one says otherwise or more. */
    CrashTable with(CrashTable newer) {
        CrashTable both = new CrashTable();
        for (CrashTable each : List.of(this, newer)) {
            each.kills.forEach((family, cuts) ->
                    cuts.forEach((cut, modes) -> modes.forEach((mode, times) -> both.add(family, cut, mode, times))));
        }
        return both;
    }

    /** How often it was killed, or null if it is not in the table. */
    @Nullable
    Integer kills(Family family, String cut, Mode mode) {
        return kills.getOrDefault(family, Map.of()).getOrDefault(cut, Map.of()).get(mode);
    }

    /** The modes in which a cut point is passed. */
    List<Mode> passedBy(Family family, String cut) {
        return family.modes().stream()
                .filter(mode -> Objects.requireNonNullElse(kills(family, cut, mode), 0) > 0)
                .toList();
    }

    /** The whole page. */
    String page() {
        StringBuilder page = new StringBuilder("""
            # What was killed where

            The whole program was killed by SIGKILL at each named point, in each sync mode that the destination offers, in the
            first run of a connection and in the one after the source had changed, and then started again. Afterwards the
            destination held exactly the rows that undisturbed runs would have left, and in the modes that replace a table a reader
            saw the old content or the new one at every moment. A number says how often the program was killed in a scenario; `–`
            means that this mode never passes the point, `?` that it was not played yet.

            Written by `.ci/nightly`, which plays all of them. Each build plays a part of them and fails where this page says
            otherwise: each point of each table, and each point in each mode that passes it in any table. It kills a run at several
            points one after the other, until it goes through.
            """);
        for (Family family : Family.values()) {
            String head = family.modes().stream().map(Mode::key).collect(Collectors.joining(" | "));
            page.append("\n## ").append(family.title()).append("\n\n| point | ").append(head);
            page.append(" |\n|---|")
                    .append("---|".repeat(family.modes().size()))
                    .append('\n');
            for (String cut : family.cuts()) {
                page.append("| ").append(cut);
                for (Mode mode : family.modes()) {
                    Integer times = kills(family, cut, mode);
                    page.append(" | ").append(times == null ? "?" : times == 0 ? NEVER : times.toString());
                }
                page.append(" |\n");
            }
        }
        long played = count(0);
        return page.append("\n")
                .append(played)
                .append(" scenarios, ")
                .append(count(1))
                .append(" of them with a kill: all held.\n")
                .toString();
    }

    private long count(int least) {
        return kills.values().stream()
                .flatMap(cuts -> cuts.values().stream())
                .flatMap(modes -> modes.values().stream())
                .filter(times -> times >= least)
                .count();
    }

    /** Reads the page back. */
    static CrashTable read(Path file) {
        CrashTable table = new CrashTable();
        Family family = null;
        for (String line : lines(file)) {
            for (Family each : Family.values()) {
                family = line.equals("## " + each.title()) ? each : family;
            }
            String[] cells = line.split(" *\\| *");
            if (family != null
                    && cells.length == family.modes().size() + 2
                    && family.cuts().contains(cells[1])) {
                table.addRow(family, cells);
            }
        }
        return table;
    }

    private void addRow(Family family, String[] cells) {
        for (int i = 0; i < family.modes().size(); i++) {
            String cell = cells[i + 2];
            if (!cell.equals("?")) {
                add(family, cells[1], family.modes().get(i), cell.equals(NEVER) ? 0 : Integer.parseInt(cell));
            }
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
