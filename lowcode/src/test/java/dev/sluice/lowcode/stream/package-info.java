@NullMarked
package dev.sluice.lowcode.stream;

import org.jspecify.annotations.NullMarked;
