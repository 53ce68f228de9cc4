/** Tests of the connector against a real server. */
@NullMarked
package dev.sluice.connector.postgres;

import org.jspecify.annotations.NullMarked;
