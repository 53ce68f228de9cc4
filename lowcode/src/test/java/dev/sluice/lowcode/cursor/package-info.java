@NullMarked
package dev.sluice.lowcode.cursor;

import org.jspecify.annotations.NullMarked;
