/**
 * JSON lines, arrays of objects and objects one after the other: finding the columns, cutting records into cells.
 *
 * <p>Objects and arrays inside of a record are kept as the bytes that stand in the file. A record that is not valid, that
 * has a key twice, or whose values do not fit the columns is rejected by itself; only a file that ends in the middle is a
 * problem as a whole. Neighbour: {@code cells}.
 */
@NullMarked
package dev.sluice.connector.file.json;

import org.jspecify.annotations.NullMarked;
