/**
 * A manifest as a source of Sluice: its options, its check, its catalog, and its streams as plans, splits, batches and
 * positions.
 */
@NullMarked
package dev.sluice.lowcode.source;

import org.jspecify.annotations.NullMarked;
