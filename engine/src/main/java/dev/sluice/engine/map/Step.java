package dev.sluice.engine.map;

import dev.sluice.spi.type.Schema;

/** A mapper made ready for the fields of a stream. Immutable, so all lanes use the same. */
sealed interface Step permits ReshapeStep, ReplaceStep, ComputeStep, FilterStep, Projection {
    /** The fields after it. */
    Schema schema();

    /** Does its work to a batch. */
    void apply(Frame frame);
}
