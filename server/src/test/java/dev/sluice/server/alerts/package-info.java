/** Tests of what is wrong with connections. */
@NullMarked
package dev.sluice.server.alerts;

import org.jspecify.annotations.NullMarked;
