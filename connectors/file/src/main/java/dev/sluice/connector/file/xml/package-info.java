/**
 * XML: each record element becomes an object in JSON on a line of its own, which the reader of JSON takes from there, so that
 * types and columns are found in one way.
 *
 * <p>Neighbours: {@code json} reads the lines; {@code input} decompresses.
 */
@NullMarked
package dev.sluice.connector.file.xml;

import org.jspecify.annotations.NullMarked;
