/**
 * The protocol of MySQL as far as bulk data needs it: results row by row into columns, and columns into LOAD DATA.
 *
 * <p>The driver has logged in on the same socket and knows nothing of what happens here; each command begins and ends at
 * a clean place. Rows come in the text protocol, whose values are decoded without an object each. Neighbour:
 * {@code session}.
 */
@NullMarked
package dev.sluice.connector.mysql.wire;

import org.jspecify.annotations.NullMarked;
