/**
 * Proves that a destination holds what its source holds: counts and sums of hashes by groups of keys on both sides, then
 * the rows of the groups that differ, then their fields. Begin reading at {@link dev.sluice.engine.verify.Verification}.
 */
@NullMarked
package dev.sluice.engine.verify;

import org.jspecify.annotations.NullMarked;
