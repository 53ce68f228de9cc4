/**
 * How the terminal has connectors held against the contracts of the testkit, which lies beside the product and not among what a sync loads.
 */
@NullMarked
package dev.sluice.engine.certify;

import org.jspecify.annotations.NullMarked;
