/**
 * PostgreSQL as a destination: its dialect and its bulk load for the generic SQL destination.
 *
 * <p>Neighbours: {@code session} opens connections, {@code copy} encodes rows.
 */
@NullMarked
package dev.sluice.connector.postgres.destination;

import org.jspecify.annotations.NullMarked;
