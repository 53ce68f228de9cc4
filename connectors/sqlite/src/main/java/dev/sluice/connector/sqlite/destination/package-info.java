/**
 * SQLite files as a destination, by the parts that are the same for all SQL databases.
 *
 * <p>SQLite has one writer at a time. Rows are collected in a temporary table, for which nobody waits, and move over in one
 * transaction with their marker (I2).
 */
@NullMarked
package dev.sluice.connector.sqlite.destination;

import org.jspecify.annotations.NullMarked;
