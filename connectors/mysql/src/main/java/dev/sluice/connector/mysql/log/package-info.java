/**
 * The binary log of MySQL and MariaDB as a source of changes: the server is asked for its events as a replica would, and each
 * stream reads its part from a spool.
 *
 * <p>A first copy shows the moment of a place in the log ({@link dev.sluice.connector.mysql.log.LogStart}); increments end at
 * the place where the log was when the run began. All streams of a run share one reading
 * ({@link dev.sluice.connector.mysql.log.LogPump}). Values become the texts that a query would give, so both are decoded
 * alike. Neighbours: {@code source} plans reads and makes first copies, {@code wire} has the protocol and decodes values.
 */
@NullMarked
package dev.sluice.connector.mysql.log;

import org.jspecify.annotations.NullMarked;
