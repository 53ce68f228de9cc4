/** What incremental reads by a cursor share: which rows were delivered already. */
@NullMarked
package dev.sluice.cdk.cursor;

import org.jspecify.annotations.NullMarked;
