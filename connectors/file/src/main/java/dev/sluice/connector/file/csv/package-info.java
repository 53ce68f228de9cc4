/**
 * CSV and its relatives (RFC 4180 and what is met in practice): finding the dialect, cutting text into cells, writing.
 *
 * <p>Two scanners cut records. The quick one looks at 64 bytes at a time and takes only stretches whose quotes are all
 * where the RFC wants them and whose records all have the right number of fields; whatever is unusual goes to the
 * careful one, which decides byte by byte. Both give the same cells for what the quick one takes. Neighbour: {@code
 * cells}.
 */
@NullMarked
package dev.sluice.connector.file.csv;

import org.jspecify.annotations.NullMarked;
