/**
 * The connector for PostgreSQL.
 *
 * <p>{@code source} reads tables and views from consistent snapshots, {@code destination} writes through the generic SQL
 * destination; both move rows by {@code copy} over connections of {@code session}.
 */
@NullMarked
package dev.sluice.connector.postgres;

import org.jspecify.annotations.NullMarked;
