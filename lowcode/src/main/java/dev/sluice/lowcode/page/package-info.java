/** How a stream goes from one page of answers to the next. */
@NullMarked
package dev.sluice.lowcode.page;

import org.jspecify.annotations.NullMarked;
