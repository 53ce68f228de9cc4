/**
 * Connections to PostgreSQL: options, TLS, SSH tunnels, sessions, and errors in words that help.
 *
 * <p>Nobody gives a JDBC address or driver property: the options are typed, and the properties that reach the driver are
 * set here and nowhere else. Neighbour: {@code copy} uses a session's raw wire.
 */
@NullMarked
package dev.sluice.connector.postgres.session;

import org.jspecify.annotations.NullMarked;
