/**
 * What a source offers and how it can be copied: streams, their keys and cursors, and the sync modes.
 *
 * <p>The words are those of the Airbyte protocol. All types are immutable. This package knows {@code type} and {@code problem} only.
 */
@NullMarked
package dev.sluice.spi.catalog;

import org.jspecify.annotations.NullMarked;
