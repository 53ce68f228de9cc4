@NullMarked
package dev.sluice.lowcode;

import org.jspecify.annotations.NullMarked;
