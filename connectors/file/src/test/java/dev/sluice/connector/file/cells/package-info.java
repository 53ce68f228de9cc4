/** Tests. */
@NullMarked
package dev.sluice.connector.file.cells;

import org.jspecify.annotations.NullMarked;
