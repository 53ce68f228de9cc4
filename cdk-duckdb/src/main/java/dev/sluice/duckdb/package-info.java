/**
 * DuckDB through its C interface, in terms of our columns: SQL in and batches out, batches in and SQL target.
 *
 * <p>Values go between Java arrays and DuckDB's vectors column by column, without an object or a call for each. Native
 * memory has one owner each, which frees it; no pointer outlives the call or the object that it was given for. Failures
 * are problems in DuckDB's own words. Knows only the SPI's types, data and problems, so that anything may stand on it: a
 * connector for DuckDB files as well as a reader of Parquet.
 */
@NullMarked
package dev.sluice.duckdb;

import org.jspecify.annotations.NullMarked;
