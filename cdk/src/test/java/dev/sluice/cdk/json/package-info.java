/** Tests of JSON texts. */
@NullMarked
package dev.sluice.cdk.json;

import org.jspecify.annotations.NullMarked;
