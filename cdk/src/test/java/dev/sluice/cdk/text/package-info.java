/** Tests of the text kernels. */
@NullMarked
package dev.sluice.cdk.text;

import org.jspecify.annotations.NullMarked;
