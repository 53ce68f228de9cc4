/** Tests of options. */
@NullMarked
package dev.sluice.cdk.config;

import org.jspecify.annotations.NullMarked;
