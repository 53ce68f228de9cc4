/**
 * The connector for DuckDB database files.
 *
 * <p>{@code source} reads tables and views from one moment of the file, {@code destination} writes through the generic SQL
 * destination; both open the file as {@code database} says. All rows move as columns between our arrays and DuckDB's
 * vectors.
 */
@NullMarked
package dev.sluice.connector.duckdb;

import org.jspecify.annotations.NullMarked;
