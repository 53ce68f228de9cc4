/** The options of all stores, and the choice of the one that an address means. Knows all of them. */
@NullMarked
package dev.sluice.connector.file.places;

import org.jspecify.annotations.NullMarked;
