/**
 * DuckDB files as a source: discovery, plans, splits by row id, and incremental reads by a cursor that lose nothing at the
 * boundary.
 *
 * <p>A read shows the file as it was at one moment: it is opened for reading only, which keeps every writer away until the
 * read is closed. Positions belong to one database, table and cursor (I4).
 */
@NullMarked
package dev.sluice.connector.duckdb.source;

import org.jspecify.annotations.NullMarked;
