@NullMarked
package dev.sluice.lowcode.activation;

import org.jspecify.annotations.NullMarked;
