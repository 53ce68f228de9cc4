/** Tests of how the log of PostgreSQL is read, without a server. */
@NullMarked
package dev.sluice.connector.postgres.log;

import org.jspecify.annotations.NullMarked;
