package dev.sluice.dist.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the two runs of a scenario are killed: each at one cut point after the other, in the order in which a run comes to them,
 * and then no more.
 *
 * <p>The whole matrix has one cut point a scenario, for both runs. A build has no time for that. It plays <b>each cut point of each
 * family</b>, and over all families <b>each cut point in each mode</b> that passes it anywhere, but for the second passes. A
 * scenario has several of them, in the order in which a run comes to them, so that most kills cost one start of the program.
 * Nothing is drawn by lot: the choice follows from the published table.
 *
 * @param family where rows come from and go to
 * @param mode the sync mode
 * @param first where the first run is killed
 * @param second where the run after the change of the source is killed; without any there is none
 */
record Relay(Family family, Mode mode, List<String> first, List<String> second) {
    /** So many kills in a row; a scenario that failed has to be understood. */
    private static final int LONGEST = 5;

    /** A run that was killed at one of these has nothing left to do behind it. */
    private static final Set<String> FINISHED = Set.of("after-swap", "after-publish", "after-final-state");

    Relay {
        first = List.copyOf(first);
        second = List.copyOf(second);
    }

    /** One of the whole matrix. */
    static Relay whole(Family family, Mode mode, String cut) {
        return new Relay(family, mode, List.of(cut), List.of(cut));
    }

    /** A cell of the table. */
    private record Cell(Family family, String cut, Mode mode) {}

    /** Those of the whole matrix. */
    static List<Relay> all() {
        return Stream.of(Family.values())
                .flatMap(family -> family.cuts().stream()
                        .flatMap(cut -> family.modes().stream().map(mode -> whole(family, mode, cut))))
                .toList();
    }

    /** Those of a build. */
    static List<Relay> some(CrashTable published) {
        Map<Family, Map<Mode, List<String>>> chosen = new LinkedHashMap<>();
        for (Cell cell : cover(published)) {
            chosen.computeIfAbsent(cell.family(), any -> new LinkedHashMap<>())
                    .computeIfAbsent(cell.mode(), any -> new ArrayList<>())
                    .add(cell.cut());
        }
        List<Relay> relays = new ArrayList<>();
        chosen.forEach((family, modes) -> modes.forEach((mode, cuts) -> relays.addAll(relays(family, mode, cuts))));
        return relays;
    }

    /** Each cut point of each family once, in a mode that is still missing; then the modes that nobody took. */
    private static List<Cell> cover(CrashTable published) {
        // The families with the fewest modes choose first.
        List<Family> families = Stream.of(Family.values())
                .sorted(Comparator.comparingInt(family -> family.modes().size()))
                .toList();
        List<Cell> cells = new ArrayList<>();
        Map<String, List<Mode>> taken = new LinkedHashMap<>();
        for (Family family : families) {
            for (String cut : family.cuts()) {
                List<Mode> before = taken.computeIfAbsent(cut, none -> new ArrayList<>());
                List<Mode> passing = published.passedBy(family, cut);
                int turn = place(family) + family.cuts().indexOf(cut);
                passing.stream()
                        .min(Comparator.comparing((Mode mode) -> before.contains(mode))
                                .thenComparingInt(mode -> (place(mode) + turn) % Mode.values().length))
                        .ifPresent(mode -> {
                            before.add(mode);
                            cells.add(new Cell(family, cut, mode));
                        });
            }
        }
        for (Family family : families.reversed()) {
            for (String cut : family.cuts()) {
                for (Mode mode : published.passedBy(family, cut)) {
                    List<Mode> before = taken.getOrDefault(cut, new ArrayList<>());
                    if (!before.contains(mode) && !isSecondPass(cut)) {
                        before.add(mode);
                        cells.add(new Cell(family, cut, mode));
                    }
                }
            }
        }
        return cells;
    }

    private static int place(Family family) {
        return List.of(Family.values()).indexOf(family);
    }

    private static int place(Mode mode) {
        return List.of(Mode.values()).indexOf(mode);
    }

    /** Divides the cut points of a mode over runs, so that none takes the work away that another one lies in. */
    private static List<Relay> relays(Family family, Mode mode, List<String> cuts) {
        List<List<String>> firsts = new ArrayList<>();
        List<List<String>> seconds = new ArrayList<>();
        boolean inSecond = (place(family) + place(mode)) % 2 == 1;
        for (String cut : family.cuts().stream().filter(cuts::contains).toList()) {
            List<List<String>> free = Stream.concat(
                            isPassedLate(family, cut, mode) ? Stream.of() : firsts.stream(),
                            isPassedEarly(family, cut, mode) ? Stream.of() : seconds.stream())
                    .filter(chain -> !clashes(chain, cut))
                    .toList();
            if (free.isEmpty()) {
                firsts.add(new ArrayList<>());
                seconds.add(new ArrayList<>());
                boolean second = isPassedLate(family, cut, mode) || (inSecond && !isPassedEarly(family, cut, mode));
                free = List.of(second ? seconds.getLast() : firsts.getLast());
            }
            // A run that has something to do already costs nothing more.
            free.stream()
                    .min(Comparator.comparing((List<String> chain) -> chain.isEmpty())
                            .thenComparingInt(List::size))
                    .orElseThrow()
                    .add(cut);
        }
        return IntStream.range(0, firsts.size())
                .mapToObj(i -> new Relay(family, mode, firsts.get(i), seconds.get(i)))
                .toList();
    }

    /** What is committed is not committed again, and what is published not published, so a run comes to one such point only. */
    private static boolean clashes(List<String> chain, String cut) {
        return chain.size() >= LONGEST
                || (commits(cut) && chain.stream().anyMatch(Relay::commits))
                || (FINISHED.contains(cut) && chain.stream().anyMatch(FINISHED::contains));
    }

    private static boolean commits(String cut) {
        return cut.startsWith("after-commit") || cut.startsWith("after-state") || cut.equals("after-manifest");
    }

    /**
     * Only the second run passes it: rows are merged into what is there, which is nothing before; and what a plain cursor reads are
     * the rows that tie with the last value, and then those after it.
     */
    private static boolean isPassedLate(Family family, String cut, Mode mode) {
        return cut.equals("after-merge") || (isSecondPass(cut) && isIncremental(mode) && family != Family.POSTGRES);
    }

    /** Only the first run passes it: it puts a table in place where rows are merged later, and a table of PostgreSQL is read in parts. */
    private static boolean isPassedEarly(Family family, String cut, Mode mode) {
        return (cut.endsWith("-swap") && mode == Mode.INCREMENTAL_APPEND_DEDUPED)
                || (isSecondPass(cut) && isIncremental(mode) && family == Family.POSTGRES);
    }

    private static boolean isIncremental(Mode mode) {
        return mode == Mode.INCREMENTAL_APPEND || mode == Mode.INCREMENTAL_APPEND_DEDUPED;
    }

    private static boolean isSecondPass(String cut) {
        return cut.endsWith(":2");
    }

    /** Whether there is a run after the source has changed. */
    boolean changes() {
        return !second.isEmpty();
    }

    /** All cut points of both runs. */
    List<String> cuts() {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    @Override
    public String toString() {
        String all = Stream.of(first, second)
                .filter(cuts -> !cuts.isEmpty())
                .map(cuts -> String.join(", ", cuts))
                .distinct()
                .collect(Collectors.joining("; then "));
        return family + " " + mode.key() + " at " + all;
    }
}
