/** Tests of the generic SQL destination, without a database. */
@NullMarked
package dev.sluice.cdk.sql;

import org.jspecify.annotations.NullMarked;
