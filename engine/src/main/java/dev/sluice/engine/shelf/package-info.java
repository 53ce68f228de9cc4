/** Rejected records as files in a place of the user's, in the layout that Airbyte documents. */
@NullMarked
package dev.sluice.engine.shelf;

import org.jspecify.annotations.NullMarked;
