package dev.sluice.engine.verify;

import dev.sluice.engine.verify.Difference.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that both sides have of one key. */
final class Versions {
    private final List<Hash> source = new ArrayList<>(1);
    private final List<Hash> stored = new ArrayList<>(1);

    void add(Hash row, boolean isStored) {
        (isStored ? stored : source).add(row);
    }

    /** True if the key does not tell rows of the source apart. */
    boolean isAmbiguous() {
        return source.size() > 1;
    }

    /** How the sides differ under a promise; null if they do not. */
    @Nullable
    Kind judge(Promise promise) {
        return switch (promise) {
            case SAME_ROWS -> sameRows();
            case ONE_A_KEY -> oneOfThem();
            case HISTORY -> among();
            case NONE -> null;
        };
    }

    private @Nullable Kind sameRows() {
        List<Hash> left = new ArrayList<>(stored);
        boolean allThere = true;
        for (Hash row : source) {
            allThere &= left.remove(row);
        }
        if (allThere && left.isEmpty()) {
            return null;
        }
        if (stored.isEmpty() || source.isEmpty()) {
            return onOneSide();
        }
        return stored.size() > source.size() ? Kind.DOUBLED : missingOrDifferent();
    }

    private Kind missingOrDifferent() {
        return new HashSet<>(source).containsAll(stored) ? Kind.MISSING : Kind.DIFFERENT;
    }

    private @Nullable Kind oneOfThem() {
        if (stored.isEmpty() || source.isEmpty()) {
            return onOneSide();
        }
        if (stored.size() > 1) {
            return Kind.DOUBLED;
        }
        return source.contains(stored.getFirst()) ? null : Kind.DIFFERENT;
    }

    private @Nullable Kind among() {
        if (source.isEmpty() || new HashSet<>(stored).containsAll(source)) {
            return null;
        }
        return stored.isEmpty() ? Kind.MISSING : Kind.DIFFERENT;
    }

    private Kind onOneSide() {
        return stored.isEmpty() ? Kind.MISSING : Kind.EXTRA;
    }
}
