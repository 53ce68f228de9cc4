/**
 * Connections to MySQL and MariaDB: how they are opened, what they are set to, and what their errors mean.
 *
 * <p>The driver logs in and runs statements; bulk data goes over the same socket by {@code wire}.
 */
@NullMarked
package dev.sluice.connector.mysql.session;

import org.jspecify.annotations.NullMarked;
