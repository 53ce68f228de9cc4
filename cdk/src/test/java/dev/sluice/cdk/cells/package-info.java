/** Tests. */
@NullMarked
package dev.sluice.cdk.cells;

import org.jspecify.annotations.NullMarked;
