@NullMarked
package dev.sluice.cdk.log;

import org.jspecify.annotations.NullMarked;
