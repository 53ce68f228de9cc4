/**
 * MySQL and MariaDB as a destination: dialect and bulk load for the generic SQL destination.
 *
 * <p>Neighbours: {@code session} opens connections, {@code wire} carries the lines of LOAD DATA.
 */
@NullMarked
package dev.sluice.connector.mysql.destination;

import org.jspecify.annotations.NullMarked;
