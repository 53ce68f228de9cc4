@NullMarked
package dev.sluice.lowcode.time;

import org.jspecify.annotations.NullMarked;
