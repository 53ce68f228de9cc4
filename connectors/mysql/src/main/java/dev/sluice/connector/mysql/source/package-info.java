/**
 * MySQL and MariaDB as a source: discovery, consistent snapshots read side by side by ranges of the key, and increments
 * by a cursor that lose nothing.
 *
 * <p>Neighbours: {@code session} opens connections, {@code wire} decodes rows.
 */
@NullMarked
package dev.sluice.connector.mysql.source;

import org.jspecify.annotations.NullMarked;
