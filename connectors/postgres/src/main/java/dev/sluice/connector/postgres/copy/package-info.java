/**
 * PostgreSQL's COPY in binary form: the wire, and each type to and from columns.
 *
 * <p>The hot path of the connector. Rows are decoded straight from the socket's buffer into columns and encoded straight
 * from columns into the socket's buffer, without an object per value. Formats are those of PostgreSQL's documentation,
 * "Message Formats" and "COPY, Binary Format", and of the types' send and receive functions. Neighbour: {@code session}
 * opens the connections.
 */
@NullMarked
package dev.sluice.connector.postgres.copy;

import org.jspecify.annotations.NullMarked;
