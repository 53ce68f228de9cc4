/** Tests of the binary forms, without a server. */
@NullMarked
package dev.sluice.connector.postgres.copy;

import org.jspecify.annotations.NullMarked;
