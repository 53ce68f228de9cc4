/**
 * The connector for MySQL and MariaDB.
 *
 * <p>{@code source} reads tables and views from consistent snapshots, {@code destination} writes through the generic SQL
 * destination; both move rows by {@code wire} over connections of {@code session}.
 */
@NullMarked
package dev.sluice.connector.mysql;

import org.jspecify.annotations.NullMarked;
