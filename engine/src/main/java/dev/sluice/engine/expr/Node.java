package dev.sluice.engine.expr;

import dev.sluice.spi.type.DataType;

/** A typed part of an expression. Immutable, so several threads may evaluate it. */
interface Node {
    /** The type of its values. */
    DataType type();

    /**
     * Its values.
     *
     * @param active by row, whether the value is asked for; no other row may fail
     */
    Vector evaluate(Rows rows, boolean[] active);
}
