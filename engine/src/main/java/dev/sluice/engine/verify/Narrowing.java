package dev.sluice.engine.verify;

import dev.sluice.engine.verify.Difference.Kind;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the keys that differ, in groups that do: some groups at a time, so that memory suffices however many do (I6). */
final class Narrowing {
    /** How many rows are held at a time. */
    static final long MOST_ROWS = 400_000;

    /** How many keys that differ are named at all. */
    static final int MOST_NAMED = 100_000;

    private final Sides sides;
    private final Promise promise;
    private final Map<Hash, Kind> suspects = new HashMap<>();
    private final Set<Hash> ambiguous = new HashSet<>();
    private long unnamed;

    Narrowing(Sides sides, Promise promise) {
        this.sides = sides;
        this.promise = promise;
    }

    /** The keys that differ, and how. */
    Map<Hash, Kind> suspects() {
        return suspects;
    }

    /** True if the source has several rows of a key that differs. */
    boolean isAmbiguous() {
        return !ambiguous.isEmpty();
    }

    /** How many rows stand in groups that were not looked at, because too many differ. */
    long unnamed() {
        return unnamed;
    }

    void run(Totals source, Totals stored) {
        BitSet left = source.differing(stored);
        while (!left.isEmpty()) {
            BitSet groups = some(left, source, stored);
            left.andNot(groups);
            if (suspects.size() >= MOST_NAMED) {
                unnamed += groups.stream()
                        .mapToLong(group -> Math.max(source.rows(group), stored.rows(group)))
                        .sum();
            } else {
                look(groups);
            }
        }
    }

    private static BitSet some(BitSet left, Totals source, Totals stored) {
        BitSet some = new BitSet();
        long rows = 0;
        for (int group = left.nextSetBit(0); group >= 0; group = left.nextSetBit(group + 1)) {
            rows += source.rows(group) + stored.rows(group);
            if (rows > MOST_ROWS && !some.isEmpty()) {
                break;
            }
            some.set(group);
        }
        return some;
    }

    private void look(BitSet groups) {
        Map<Hash, Versions> rows = new HashMap<>();
        sides.read((side, hasher, batch, row) -> {
            Hash key = hasher.key(batch, row);
            if (groups.get(Totals.group(key)) && sides.isCompared(key)) {
                Hash hash = hasher.row(batch, row);
                synchronized (rows) {
                    rows.computeIfAbsent(key, none -> new Versions()).add(hash, side == Sides.Side.STORED);
                }
            }
        });
        rows.forEach((key, versions) -> {
            Kind kind = versions.judge(promise);
            if (kind != null) {
                suspects.put(key, kind);
                if (versions.isAmbiguous()) {
                    ambiguous.add(key);
                }
            }
        });
    }
}
