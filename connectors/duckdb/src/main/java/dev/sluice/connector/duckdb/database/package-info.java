/**
 * The database file: the options that say which one and how to open it. Used by source and destination; knows the binding
 * to DuckDB and the option declarations only.
 */
@NullMarked
package dev.sluice.connector.duckdb.database;

import org.jspecify.annotations.NullMarked;
