/**
 * PostgreSQL as a source: discovery, consistent snapshots divided by ctid ranges, and incremental reads that lose
 * nothing at the boundary.
 *
 * <p>A read is consistent because all its splits share one snapshot. What was delivered is remembered by transaction ids
 * (see {@link dev.sluice.connector.postgres.source.XidBoundary}), because cursor values alone cannot tell a row that was
 * committed late. Neighbours: {@code session} opens connections, {@code copy} decodes rows.
 */
@NullMarked
package dev.sluice.connector.postgres.source;

import org.jspecify.annotations.NullMarked;
