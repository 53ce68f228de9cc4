/** How a host has the definition of a connector checked and tried out, without knowing what runs it. */
@NullMarked
package dev.sluice.spi.workbench;

import org.jspecify.annotations.NullMarked;
