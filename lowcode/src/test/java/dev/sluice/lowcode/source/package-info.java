@NullMarked
package dev.sluice.lowcode.source;

import org.jspecify.annotations.NullMarked;
