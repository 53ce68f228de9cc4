/**
 * The public list of connectors, in the format of Airbyte's registry: what there is, how well it is looked after, and how it runs here.
 * Neighbours: {@code command} shows it.
 */
@NullMarked
package dev.sluice.cli.registry;

import org.jspecify.annotations.NullMarked;
