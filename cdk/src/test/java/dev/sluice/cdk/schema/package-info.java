@NullMarked
package dev.sluice.cdk.schema;

import org.jspecify.annotations.NullMarked;
