/**
 * The log of PostgreSQL as a source of changes: a replication slot keeps it, pgoutput tells it, and each stream reads its
 * part from a spool.
 *
 * <p>A first copy shows the moment at which a temporary slot of its own begins, so the log goes on exactly there and no
 * transaction is read twice or never ({@link dev.sluice.connector.postgres.log.LogStart}). All streams of a run share one
 * reading of the slot ({@link dev.sluice.connector.postgres.log.LogPump}), and the slot lets go of the log only as far as
 * all of them are committed (I1, I2). Neighbours: {@code source} plans reads and makes first copies, {@code copy} decodes
 * values.
 */
@NullMarked
package dev.sluice.connector.postgres.log;

import org.jspecify.annotations.NullMarked;
