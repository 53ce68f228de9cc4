package dev.sluice.dist.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A sync mode, and what an undisturbed pair of runs leaves at the destination. */
enum Mode {
    FULL_REFRESH_APPEND,
    FULL_REFRESH_OVERWRITE,
    FULL_REFRESH_OVERWRITE_DEDUPED,
    INCREMENTAL_APPEND,
    INCREMENTAL_APPEND_DEDUPED;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The settings of the stream in the project file. */
    String settings() {
        String settings = "mode: " + key();
        if (this == INCREMENTAL_APPEND || this == INCREMENTAL_APPEND_DEDUPED) {
            settings += ", cursor: updated_at";
        }
        if (merges()) {
            settings += ", primaryKey: [id]";
        }
        return "{" + settings + "}";
    }

    /** True if rows are merged by their keys. */
    boolean merges() {
        return this == FULL_REFRESH_OVERWRITE_DEDUPED || this == INCREMENTAL_APPEND_DEDUPED;
    }

    /** True if readers see the old content or the new one and never a part of it. */
    boolean replaces() {
        return this == FULL_REFRESH_OVERWRITE || this == FULL_REFRESH_OVERWRITE_DEDUPED;
    }

    /**
     * What the destination holds after both runs, sorted.
     *
     * @param first the rows at the source during the first run
     * @param second the rows during the second one
     */
    List<String> expected(List<String> first, List<String> second) {
        List<String> expected = new ArrayList<>();
        switch (this) {
            case FULL_REFRESH_OVERWRITE, FULL_REFRESH_OVERWRITE_DEDUPED, INCREMENTAL_APPEND_DEDUPED ->
                expected.addAll(second);
            case FULL_REFRESH_APPEND -> {
                expected.addAll(first);
                expected.addAll(second);
            }
            case INCREMENTAL_APPEND -> {
                expected.addAll(second);
                expected.removeAll(Set.copyOf(first));
                expected.addAll(first);
            }
        }
        return expected.stream().sorted().toList();
    }
}
