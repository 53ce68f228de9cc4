package dev.sluice.cli.torture;

import dev.sluice.spi.runtime.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A product that copies rows in memory, append or overwrite, with the cuts {@code after-open}, {@code after-write} and
 * {@code after-commit}; it can have a defect at one of them.
 */
final class FakeProduct implements Product, Landing {
    private static final List<String> CUTS = List.of("after-open", "after-write", "after-commit");

    final List<String> plays = new ArrayList<>();
    private final Map<String, UnaryOperator<List<Integer>>> defects = new LinkedHashMap<>();
    private final boolean overwrites;
    private List<Integer> table = new ArrayList<>();
    private int runsDone;
    private int sourceRows = 10;
    private int secondRunCode = 7;
    private int changesAfter = Integer.MAX_VALUE;
    private boolean undone;
    private boolean held;
    int removed;

    FakeProduct(boolean overwrites) {
        this.overwrites = overwrites;
    }

    /** A kill at a cut leaves this of the table. */
    FakeProduct withDefect(String cut, UnaryOperator<List<Integer>> defect) {
        defects.put(cut, defect);
        return this;
    }

    /** A second run beside the first one ends so. */
    FakeProduct lettingIn(int code) {
        secondRunCode = code;
        return this;
    }

    /** The source gets a row after so many runs. */
    FakeProduct changingAfter(int runs) {
        changesAfter = runs;
        return this;
    }

    @Override
    public Played run(Play play) {
        plays.add(play.cut() == null ? "run" : play.deed() + " " + play.cut());
        if (held) {
            return new Played(secondRunCode, Map.of());
        }
        if (++runsDone > changesAfter) {
            sourceRows = 11;
        }
        String cut = play.cut();
        if (cut != null && CUTS.contains(cut)) {
            undone = true;
            if (play.deed() == Cut.Deed.KILL) {
                table = new ArrayList<>(
                        defects.getOrDefault(cut, UnaryOperator.identity()).apply(table));
                return new Played(KILLED, Map.of());
            }
            return new Played(play.deed() == Cut.Deed.TERM ? 143 : 130, Map.of());
        }
        copy();
        return passedAll();
    }

    private void copy() {
        undone = false;
        if (overwrites) {
            table.clear();
        }
        for (int row = 0; row < sourceRows; row++) {
            table.add(row);
        }
    }

    private static Played passedAll() {
        Map<String, Integer> passed = new LinkedHashMap<>();
        CUTS.forEach(cut -> passed.put(cut, 1));
        return new Played(0, passed);
    }

    @Override
    public Held hold(Play play) {
        held = true;
        return new Held() {
            @Override
            public boolean isHeld() {
                return true;
            }

            @Override
            public Played release() {
                held = false;
                copy();
                return passedAll();
            }
        };
    }

    boolean isUndone() {
        return undone;
    }

    @Override
    public Content content() {
        return new Content(
                table.size(), table.stream().mapToLong(row -> row + 1L).sum(), 0);
    }

    @Override
    public void remove() {
        table = new ArrayList<>();
        removed++;
    }
}
