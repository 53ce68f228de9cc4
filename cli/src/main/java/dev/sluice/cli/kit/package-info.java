/**
 * The development kit as the terminal hands it out: projects for connectors in Java, which build against the artefacts in {@code lib/kit} of
 * the product.
 */
@NullMarked
package dev.sluice.cli.kit;

import org.jspecify.annotations.NullMarked;
