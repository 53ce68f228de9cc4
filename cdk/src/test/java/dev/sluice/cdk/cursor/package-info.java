/** Tests of remembered rows. */
@NullMarked
package dev.sluice.cdk.cursor;

import org.jspecify.annotations.NullMarked;
