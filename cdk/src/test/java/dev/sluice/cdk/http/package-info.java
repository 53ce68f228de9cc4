/** Tests. */
@NullMarked
package dev.sluice.cdk.http;

import org.jspecify.annotations.NullMarked;
