/**
 * DuckDB files as a destination: dialect, sessions and bulk load for the generic SQL destination.
 *
 * <p>Rows come in as the vectors of a table function, so that a load is one INSERT that DuckDB's own threads carry out.
 * Neighbours: {@code database} says how to open the file.
 */
@NullMarked
package dev.sluice.connector.duckdb.destination;

import org.jspecify.annotations.NullMarked;
