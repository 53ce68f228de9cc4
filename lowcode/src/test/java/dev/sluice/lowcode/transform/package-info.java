@NullMarked
package dev.sluice.lowcode.transform;

import org.jspecify.annotations.NullMarked;
