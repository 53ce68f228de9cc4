/** Tests of the PostgreSQL that tests start. */
@NullMarked
package dev.sluice.testkit.postgres;

import org.jspecify.annotations.NullMarked;
