package dev.sluice.engine.expr;

import org.jspecify.annotations.Nullable;

/** The rows of a batch for which an expression has no result, and why: for each row the first reason. */
public final class Trouble {
    private final @Nullable String[] reasons;
    private int rows;

    Trouble(int size) {
        reasons = new @Nullable String[size];
    }

    void fail(int row, String why) {
        if (reasons[row] == null) {
            reasons[row] = why;
            rows++;
        }
    }

    /** True if every row has a result. */
    public boolean isEmpty() {
        return rows == 0;
    }

    /** Why a row has no result; null if it has one. */
    public @Nullable String of(int row) {
        return reasons[row];
    }
}
